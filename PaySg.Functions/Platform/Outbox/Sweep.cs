namespace PaySg.Functions.Platform.Outbox;

/// <summary>
/// Finds what queue messages should have woken and did not: outbox rows that are more than 30 s late, and what the rooms find. It wakes each by the
/// <see cref="WakeUpSchedule"/>. What nobody wants it deletes. It may run twice at once and as often as it likes.
/// </summary>
internal sealed class Sweep(
    PaySgTables tables,
    IOwners owners,
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

    /// <summary>How many owners are swept beside each other: each is asked for by three queries or more, one after the other.</summary>
    public const int AtOnce = 8;

    /// <summary>Sweeps every owner. One owner's fault does not stop the others.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (var start in starts)
            await BeginAsync(start, cancellationToken);

        var now = clock.GetUtcNow();
        var runs = rooms.Select(room => room.Begin(now)).ToList();
        var (outbox, due) = (0, 0);
        await Parallel.ForEachAsync(
            owners.IdsAsync(cancellationToken),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (ownerId, cancelled) =>
            {
                var found = await SweepOwnerAsync(ownerId, runs, now, cancelled);
                Interlocked.Add(ref outbox, found.Outbox);
                Interlocked.Add(ref due, found.Due);
            });

        runs.ForEach(static run => run.End());
        if (outbox + due > 0)
            Log.Swept(log, outbox, due);
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

    private async Task<(int Outbox, int Due)> SweepOwnerAsync(string ownerId, List<ISweepRun> runs, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (outbox, due) = (0, 0);
        try
        {
            var rows = await WithoutUnwantedAsync(ownerId, await LateRowsAsync(ownerId, now, cancellationToken), cancellationToken);
            foreach (var run in runs)
                rows.AddRange((await run.FindRowsAsync(ownerId, cancellationToken)).Select(static row => (row, 0)));

            outbox = await WakeAsync(ownerId, rows, now, cancellationToken);
            foreach (var run in runs)
                due += await run.WakeAsync(ownerId, cancellationToken);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            var toDo = StorageFaults.IsRefusal(fault) || StorageFaults.IsOutage(fault) ? $"A table or queue {advice.For(fault)}" : "";
            Log.SweepFailed(log, ownerId, toDo, fault);
        }

        return (outbox, due);
    }

    private async Task<List<(OutboxRow Row, TableEntity Found)>> LateRowsAsync(string ownerId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var late = new List<(OutboxRow, TableEntity)>();
        string[] columns = ["PartitionKey", "RowKey", WakeUps.Column, .. wantedWork.SelectMany(static work => work.Columns)];

        // To the end of the millisecond: what is counted as late must be seen.
        var end = RowKeys.Milliseconds((now - WakeUpSchedule.Lateness[0]).AddMilliseconds(1));
        var filter = RowKeys.Range(ownerId, OutboxRow.Prefix, OutboxRow.Prefix + end);
        await foreach (var found in tables.OfOwner(ownerId).QueryAsync<TableEntity>(filter, select: columns, cancellationToken: cancellationToken))
        {
            if (OutboxRow.Parse(ownerId, found.RowKey) is { } row)
                late.Add((row, found));
        }

        return late;
    }

    /// <summary>Deletes the rows that nobody wants, a hundred by one transaction, and gives the others. Who wants what is read after the rows, so whoever came before a row is asked.</summary>
    private async Task<List<(OutboxRow Row, int WakeUps)>> WithoutUnwantedAsync(
        string ownerId, List<(OutboxRow Row, TableEntity Found)> rows, CancellationToken cancellationToken)
    {
        foreach (var work in wantedWork)
        {
            if (!rows.Exists(found => found.Row.Kind == work.Kind))
                continue;

            var isWanted = await work.ReadAsync(ownerId, cancellationToken);
            var unwanted = rows.FindAll(found => found.Row.Kind == work.Kind && !isWanted(found.Found));
            await tables.OfOwner(ownerId).DeleteAllAsync(unwanted.Select(static found => found.Found), ids, cancellationToken);
            rows = [.. rows.Except(unwanted)];
        }

        return rows.ConvertAll(static found => (found.Row, WakeUps.Of(found.Found)));
    }

    /// <summary>Wakes what is to be woken of an owner's outbox rows, oldest first.</summary>
    /// <returns>How many messages were sent.</returns>
    private async Task<int> WakeAsync(
        string ownerId, IReadOnlyList<(OutboxRow Row, int WakeUps)> rows, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var table = tables.OfOwner(ownerId);
        var isLastSweepAsked = rows.Any(found => ScheduleOf(found.Row) is null && WakeUpSchedule.IsDue(found.Row.DueAt, null, now));
        var last = isLastSweepAsked ? await LastSweep.FindAsync(table, ownerId, now, cancellationToken) : null;
        var sent = 0;
        var isToBeNoted = false;
        foreach (var (row, wakeUps) in rows)
        {
            var schedule = ScheduleOf(row);
            if (sent == MostAtOnce || !WakeUpSchedule.IsDue(row.DueAt, schedule is null ? last : null, now))
                continue;

            await nudge.SendOrThrowAsync(row, TimeSpan.Zero, cancellationToken);
            sent++;
            isToBeNoted |= schedule is null;
            if (schedule is not null)
                await schedule.MoveOnAsync(row, clock.NowInMilliseconds() + WakeUpSchedule.MoveAfter(wakeUps + 1), wakeUps + 1, cancellationToken);
        }

        if (isToBeNoted)
            await LastSweep.WriteAsync(table, ownerId, now, cancellationToken);

        return sent;
    }

    private IMovingSchedule? ScheduleOf(OutboxRow row) => movingSchedules.SingleOrDefault(schedule => schedule.Kind == row.Kind);
}
