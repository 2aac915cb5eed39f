namespace PaySg.Functions.Platform.Outbox;

/// <summary>
/// Says that work may be late in a partition from a time on: <c>{milliseconds}:{place}:{owner}:{endpoint}:{by}</c>. There may be more marks than work, never
/// work without a mark.
/// </summary>
/// <param name="At">When to look.</param>
/// <param name="Subject">Where to look.</param>
/// <param name="IsOfSweep">Whether a sweep wrote it, which knows what waits; else whoever was about to write a row of work.</param>
internal sealed record WorkMark(DateTimeOffset At, WorkSubject Subject, bool IsOfSweep)
{
    private const string OfSweep = "s";
    private const string OfWriter = "w";

    /// <summary>When the oldest of what waits there came to be, as a sweep saw it; null: not known.</summary>
    public DateTimeOffset? Oldest { get; init; }

    public string RowKey => $"{RowKeys.Milliseconds(At)}:{PlaceName}:{Subject.OwnerId}:{Subject.EndpointId}:{(IsOfSweep ? OfSweep : OfWriter)}";

    private char PlaceName => char.ToLowerInvariant(Subject.Place.ToString()[0]);

    /// <summary>Reads a row key; null where it is none of a mark.</summary>
    public static WorkMark? Parse(string rowKey)
    {
        if (rowKey.Split(':') is not [{ Length: RowKeys.MillisecondsLength } time, var place, var ownerId, var endpointId, OfSweep or OfWriter] parts
            || !long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds))
        {
            return null;
        }

        WorkPlace? known = place switch
        {
            "o" => WorkPlace.Owner,
            "w" => WorkPlace.Webhooks,
            "d" => WorkPlace.Deliveries,
            _ => null,
        };
        return known is { } table
            ? new WorkMark(DateTimeOffset.FromUnixTimeMilliseconds(milliseconds), new WorkSubject(table, ownerId, endpointId), parts[4] == OfSweep)
            : null;
    }
}
