namespace PaySg.Functions.Platform.Outbox;

/// <summary>The sweep of one owner: where it looks, and when it looks again.</summary>
/// <param name="id">The owner.</param>
/// <param name="subjects">Where to look; null: everywhere.</param>
/// <param name="now">The time of the sweep.</param>
internal sealed class OwnerSweep(string id, IReadOnlySet<WorkSubject>? subjects, DateTimeOffset now)
{
    private readonly Dictionary<WorkSubject, WorkMark> next = [];
    private readonly List<WorkMark> secondLooks = [];

    public string Id { get; } = id;

    public DateTimeOffset Now { get; } = now;

    /// <summary>The endpoints whose deliveries are looked at; null: all.</summary>
    public IReadOnlyCollection<string>? EndpointIds { get; } =
        subjects?.Where(static subject => subject.Place == WorkPlace.Deliveries).Select(static subject => subject.EndpointId).ToList();

    /// <summary>When to look again, the first time for each place; and the second looks.</summary>
    public IEnumerable<WorkMark> NextMarks => next.Values.Concat(secondLooks);

    public bool LooksAt(WorkPlace place) => subjects is null || subjects.Any(subject => subject.Place == place);

    /// <summary>Whether a row is late. If not, it says when to look again.</summary>
    public bool IsLateOrNext(OutboxRow row, WorkPlace place)
    {
        var lateAt = row.DueAt + WakeUpSchedule.Lateness[0];
        if (lateAt <= Now)
            return true;

        Next(new WorkMark(lateAt, new WorkSubject(place, Id), IsOfSweep: true));
        return false;
    }

    /// <summary>Looks again for a row of an outbox at a time.</summary>
    public void Next(OutboxRow row, DateTimeOffset at) =>
        Next(new WorkMark(at, new WorkSubject(row.Kind is OutboxKind.EndpointDeleted or OutboxKind.EndpointDisabled or OutboxKind.Recovery ? WorkPlace.Webhooks : WorkPlace.Owner, Id), IsOfSweep: true));

    /// <summary>Looks again at the mark's time, unless that is done before.</summary>
    public void Next(WorkMark mark)
    {
        if (!next.TryGetValue(mark.Subject, out var known) || mark.At < known.At)
            next[mark.Subject] = mark;
    }

    /// <summary>Looks once more, whatever comes before.</summary>
    public void SecondLook(WorkMark mark) => secondLooks.Add(mark);
}
