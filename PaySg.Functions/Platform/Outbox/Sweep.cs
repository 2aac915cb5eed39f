using System.Collections.Concurrent;

namespace PaySg.Functions.Platform.Outbox;

/// <summary>
/// Finds what queue messages should have woken and did not: outbox rows that are more than 30 s late, and what the rooms find. It looks where <see cref="WorkMarks"/>
/// say that something may be late, and now and then everywhere. It wakes by the <see cref="WakeUpSchedule"/>, and deletes what nobody wants. It may run twice at
/// once and as often as it likes.
/// </summary>
internal sealed class Sweep(
    PaySgTables tables,
    IOwners owners,
    WorkMarks index,
    IEnumerable<ISweepStart> starts,
    IEnumerable<ISweep> rooms,
    IEnumerable<IMovingSchedule> movingSchedules,
    IEnumerable<IWantedWork> wantedWork,
    OutboxNudge nudge,
    IdGenerator ids,
    StorageAdvice advice,
    TimeProvider clock,
    ILogger<Sweep> log)
{
    /// <summary>
    /// How many rows of one outbox, or of one endpoint, are woken by one sweep at most, so that it ends in its time. An outbox row beyond them has its turn at
    /// its next wake-up, a due row with the next sweep.
    /// </summary>
    public const int MostAtOnce = 10_000;

    /// <summary>How many owners are swept beside each other: each is asked for by a query or more, one after the other.</summary>
    public const int AtOnce = 8;

    private const int OldestLookedAt = 4;

    /// <summary>Sweeps every owner of whom something may be late. One owner's fault does not stop the others.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (var start in starts)
            await BeginAsync(start, cancellationToken);

        var now = clock.GetUtcNow();
        var marks = await index.ReadAsync(now, cancellationToken);
        var isWhole = marks.WholeSweep is WholeSweep.Due or WholeSweep.First;
        var toSee = MarksToSee(marks, now);
        var runs = rooms.Select(room => room.Begin(now)).ToList();
        var total = new Total();
        await Parallel.ForEachAsync(
            isWhole ? owners.IdsAsync(cancellationToken) : toSee.Select(static mark => mark.Subject.OwnerId).Distinct(StringComparer.Ordinal).ToAsyncEnumerable(),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (ownerId, cancelled) =>
            {
                var seen = toSee.FindAll(mark => mark.Subject.OwnerId == ownerId);
                var owner = new OwnerSweep(ownerId, isWhole ? null : seen.Select(static mark => mark.Subject).ToHashSet(), now);
                await SweepOwnerAsync(owner, seen, runs, total, cancelled);
            });

        await index.MoveAsync(total.Seen, total.Next, cancellationToken);
        if (isWhole ? total.Failed == 0 : marks.WholeSweep == WholeSweep.ToBeNoted)
            await index.NoteWholeSweepAsync(now, isFirst: marks.WholeSweep == WholeSweep.First, cancellationToken);

        var elsewhere = isWhole ? [] : marks.All.Except(toSee);
        runs.ForEach(run => run.End(elsewhere.Min(static mark => mark.Oldest)));
        if (total.Outbox + total.Due > 0)
            Log.Swept(log, total.Outbox, total.Due);
    }

    /// <summary>Those whose time has come, and a few that tell of the oldest that waits: that may be done by now, before its time.</summary>
    private static List<WorkMark> MarksToSee(ReadMarks marks, DateTimeOffset now)
    {
        var oldest = marks.All.Where(mark => mark.At > now && mark.Oldest is not null).OrderBy(static mark => mark.Oldest).Take(OldestLookedAt);
        return [.. marks.All.Where(mark => mark.At <= now), .. oldest];
    }

    private async Task BeginAsync(ISweepStart start, CancellationToken cancellationToken)
    {
        try
        {
            await start.BeforeSweepAsync(cancellationToken);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            Log.SweepFailed(log, start.Subject, advice.For(fault), fault);
        }
    }

    /// <summary>Sweeps an owner. Where that fails its marks stand, and the next sweep tries again.</summary>
    private async Task SweepOwnerAsync(OwnerSweep owner, List<WorkMark> seen, List<ISweepRun> runs, Total total, CancellationToken cancellationToken)
    {
        try
        {
            var rows = owner.LooksAt(WorkPlace.Owner) ? await WithoutUnwantedAsync(owner, await RowsAsync(owner, cancellationToken), cancellationToken) : [];
            if (owner.LooksAt(WorkPlace.Webhooks))
            {
                foreach (var run in runs)
                    rows.AddRange((await run.FindRowsAsync(owner.Id, cancellationToken)).Where(row => owner.IsLateOrNext(row, WorkPlace.Webhooks)).Select(static row => (row, 0)));
            }

            Interlocked.Add(ref total.Outbox, await WakeAsync(owner, rows, cancellationToken));
            if (owner.LooksAt(WorkPlace.Deliveries))
            {
                foreach (var run in runs)
                    Interlocked.Add(ref total.Due, await run.WakeAsync(owner.Id, owner.EndpointIds, owner.Next, cancellationToken));
            }

            foreach (var mark in seen)
                total.Seen.Add(mark);

            foreach (var subject in seen.Where(static mark => !mark.IsOfSweep).Select(static mark => mark.Subject).Distinct())
                owner.SecondLook(new WorkMark(WorkMarks.SecondLookAfter(owner.Now), subject, IsOfSweep: true));

            foreach (var next in owner.NextMarks)
                total.Next.Add(next);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            Interlocked.Increment(ref total.Failed);
            var toDo = StorageFaults.IsRefusal(fault) || StorageFaults.IsOutage(fault) ? $"A table or queue {advice.For(fault)}" : "";
            Log.SweepFailed(log, owner.Id, toDo, fault);
        }
    }

    /// <summary>The late rows of the owner's outbox. The first that is not late says when to look again.</summary>
    private async Task<List<(OutboxRow Row, TableEntity Found)>> RowsAsync(OwnerSweep owner, CancellationToken cancellationToken)
    {
        var late = new List<(OutboxRow, TableEntity)>();
        string[] columns = ["PartitionKey", "RowKey", WakeUps.Column, .. wantedWork.SelectMany(static work => work.Columns)];
        await foreach (var found in tables.OfOwner(owner.Id).QueryAsync<TableEntity>(RowKeys.Prefix(owner.Id, OutboxRow.Prefix), select: columns, cancellationToken: cancellationToken))
        {
            if (OutboxRow.Parse(owner.Id, found.RowKey) is not { } row)
                continue;

            if (!owner.IsLateOrNext(row, WorkPlace.Owner))
                break;

            late.Add((row, found));
        }

        return late;
    }

    /// <summary>Deletes the rows that nobody wants, a hundred by one transaction, and gives the others. Who wants what is read after the rows, so whoever came before a row is asked.</summary>
    private async Task<List<(OutboxRow Row, int WakeUps)>> WithoutUnwantedAsync(
        OwnerSweep owner, List<(OutboxRow Row, TableEntity Found)> rows, CancellationToken cancellationToken)
    {
        foreach (var work in wantedWork)
        {
            if (!rows.Exists(found => found.Row.Kind == work.Kind))
                continue;

            var isWanted = await work.ReadAsync(owner.Id, cancellationToken);
            var unwanted = rows.FindAll(found => found.Row.Kind == work.Kind && !isWanted(found.Found));
            await tables.OfOwner(owner.Id).DeleteAllAsync(unwanted.Select(static found => found.Found), ids, cancellationToken);
            rows = [.. rows.Except(unwanted)];
        }

        return rows.ConvertAll(static found => (found.Row, WakeUps.Of(found.Found)));
    }

    /// <summary>Wakes what is to be woken of an owner's outbox rows, oldest first.</summary>
    /// <returns>How many messages were sent.</returns>
    private async Task<int> WakeAsync(OwnerSweep owner, IReadOnlyList<(OutboxRow Row, int WakeUps)> rows, CancellationToken cancellationToken)
    {
        var (table, now) = (tables.OfOwner(owner.Id), owner.Now);
        var isLastSweepAsked = rows.Any(found => ScheduleOf(found.Row) is null && WakeUpSchedule.IsDue(found.Row.DueAt, null, now));
        var last = isLastSweepAsked ? await LastSweep.FindAsync(table, owner.Id, now, cancellationToken) : null;
        var sent = 0;
        var isToBeNoted = false;
        foreach (var (row, wakeUps) in rows)
        {
            var schedule = ScheduleOf(row);
            owner.Next(row, WakeUpSchedule.NextAfter(row.DueAt, now));
            if (sent == MostAtOnce || !WakeUpSchedule.IsDue(row.DueAt, schedule is null ? last : null, now))
                continue;

            await nudge.SendOrThrowAsync(row, TimeSpan.Zero, cancellationToken);
            sent++;
            isToBeNoted |= schedule is null;
            if (schedule is not null)
                await schedule.MoveOnAsync(row, clock.NowInMilliseconds() + WakeUpSchedule.MoveAfter(wakeUps + 1), wakeUps + 1, cancellationToken);
        }

        if (isToBeNoted)
            await LastSweep.WriteAsync(table, owner.Id, now, cancellationToken);

        return sent;
    }

    private IMovingSchedule? ScheduleOf(OutboxRow row) => movingSchedules.SingleOrDefault(schedule => schedule.Kind == row.Kind);

    private sealed class Total
    {
        public int Outbox;
        public int Due;
        public int Failed;

        public ConcurrentBag<WorkMark> Seen { get; } = [];

        public ConcurrentBag<WorkMark> Next { get; } = [];
    }
}
