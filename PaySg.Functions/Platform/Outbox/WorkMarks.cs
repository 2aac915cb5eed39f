using Azure;

namespace PaySg.Functions.Platform.Outbox;

/// <summary>
/// The index of what may be late, by time: so a sweep asks two partitions and not every owner. A mark is written before the row of work that it is for, so no
/// process can die in between and leave a row that nobody looks for. One mark is for all rows of a partition that are due within five seconds, and this
/// process remembers which it has written.
/// </summary>
internal sealed class WorkMarks(StorageConnection connection, PaySgSettings settings, IdGenerator ids, TimeProvider clock) : IWorkIndex
{
    /// <summary>How many partitions the marks lie in, so that writing them is no bottleneck.</summary>
    public const int Shards = 2;

    /// <summary>Rows that are due in the same period share a mark.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    /// <summary>
    /// When a sweep that followed a writer's mark looks once more: for a row that was written long after its mark. No function runs longer than five minutes, and clocks
    /// are no further apart than that.
    /// </summary>
    public static readonly TimeSpan SecondLook = TimeSpan.FromMinutes(15);

    /// <summary>The pause between two sweeps that look at every owner, whatever the marks say.</summary>
    public static readonly TimeSpan WholeSweepPause = TimeSpan.FromDays(1);

    /// <summary>When the second of them comes, after the first: what an instance of the release without marks wrote meanwhile is found by it.</summary>
    public static readonly TimeSpan SecondWholeSweep = TimeSpan.FromHours(1);

    /// <summary>The row that says when every owner was looked at last.</summary>
    public const string WholeSweepKey = "whole-sweep";

    /// <summary>How long before its time a mark that was written is trusted to stand still.</summary>
    private static readonly TimeSpan Trusted = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan SecondLookPeriod = TimeSpan.FromMinutes(5);
    private const int Capacity = 10_000;
    private const int LeastKept = 64;
    private const string OldestColumn = "oldest";
    private const string WholeSweepAt = "at";
    private const string IsFirst = "first";
    private readonly TableClient table = connection.Table(PaySgTables.AccessName(settings));
    private readonly Lock gate = new();
    private readonly Dictionary<WorkMark, Task> written = [];
    private int forgetsAt = LeastKept;

    /// <summary>How many marks are remembered as written.</summary>
    internal int Remembered
    {
        get
        {
            lock (gate)
                return written.Count;
        }
    }

    /// <summary>The partition of a shard.</summary>
    public static string PartitionOf(int shard) => string.Create(CultureInfo.InvariantCulture, $"due:{shard}");

    public async Task BeforeWriteAsync(WorkPlace place, EntityGroup group)
    {
        var marks = group.Actions
            .Where(static action => action.ActionType is TableTransactionActionType.Add or TableTransactionActionType.UpsertReplace)
            .Select(action => MarkOf(place, (TableEntity)action.Entity))
            .OfType<WorkMark>()
            .Distinct();
        foreach (var mark in marks)
            await EnsureAsync(mark);
    }

    public Task BeginAsync(CancellationToken cancellationToken) => table.PutAsync(new TableEntity(PartitionOf(0), WholeSweepKey), cancellationToken);

    /// <summary>All marks, by a query of each shard.</summary>
    public async Task<ReadMarks> ReadAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var shards = await Task.WhenAll(Enumerable.Range(0, Shards).Select(shard => ReadShardAsync(shard, cancellationToken)));
        var rows = shards.SelectMany(static shard => shard).ToList();
        var marks = rows.Select(static row => WorkMark.Parse(row.RowKey) is { } mark ? mark with { Oldest = row.GetDateTimeOffset(OldestColumn) } : null);
        var whole = rows.Find(static row => row.RowKey == WholeSweepKey);
        return new ReadMarks([.. marks.OfType<WorkMark>()], WholeSweepOf(whole, now));
    }

    /// <summary>Notes that every owner was looked at.</summary>
    /// <param name="now">When.</param>
    /// <param name="isFirst">Whether it was the first sweep of this release, so that another comes soon.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task NoteWholeSweepAsync(DateTimeOffset now, bool isFirst, CancellationToken cancellationToken) =>
        table.PutAsync(new TableEntity(PartitionOf(0), WholeSweepKey) { [WholeSweepAt] = now, [IsFirst] = isFirst }, cancellationToken);

    /// <summary>Takes marks away whose partitions were looked at, and puts others there, first those that come.</summary>
    public async Task MoveAsync(IReadOnlyCollection<WorkMark> seen, IReadOnlyCollection<WorkMark> next, CancellationToken cancellationToken)
    {
        foreach (var shard in Enumerable.Range(0, Shards))
        {
            // What is seen and comes again as it was is left alone.
            var coming = next.Except(seen).Where(mark => ShardOf(mark.Subject) == shard).Select(static mark => (Mark: mark, IsComing: true));
            var going = seen.Except(next).Where(mark => ShardOf(mark.Subject) == shard).Select(static mark => (Mark: mark, IsComing: false));
            foreach (var some in coming.Concat(going).DistinctBy(static each => each.Mark.RowKey).Chunk(EntityGroup.MostRows))
                await MoveAsync(shard, some, cancellationToken);
        }
    }

    private async Task MoveAsync(int shard, (WorkMark Mark, bool IsComing)[] marks, CancellationToken cancellationToken)
    {
        var group = new EntityGroup(ids.NewWriteId());
        foreach (var (mark, isComing) in marks)
            _ = isComing ? group.Upsert(Write(shard, mark)) : group.Delete(PartitionOf(shard), mark.RowKey);

        if (await table.SubmitAsync(group, cancellationToken) is WriteResult.Committed)
            return;

        // Another sweep has taken one of them away: one by one.
        foreach (var (mark, isComing) in marks)
        {
            if (isComing)
                await table.PutAsync(Write(shard, mark), cancellationToken);
            else
                await table.DeleteEntityAsync(PartitionOf(shard), mark.RowKey, ETag.All, cancellationToken);
        }
    }

    private static TableEntity Write(int shard, WorkMark mark)
    {
        var row = new TableEntity(PartitionOf(shard), mark.RowKey);
        if (mark.Oldest is { } oldest)
            row[OldestColumn] = oldest;

        return row;
    }

    /// <summary>When a sweep looks again for what it may have come too early to see.</summary>
    public static DateTimeOffset SecondLookAfter(DateTimeOffset now) => Floor(now + SecondLook + SecondLookPeriod, SecondLookPeriod);

    private async Task<List<TableEntity>> ReadShardAsync(int shard, CancellationToken cancellationToken)
    {
        var rows = new List<TableEntity>();
        await foreach (var row in table.QueryAsync<TableEntity>(RowKeys.Range(PartitionOf(shard), "0", "~"), cancellationToken: cancellationToken))
            rows.Add(row);

        return rows;
    }

    private static WholeSweep WholeSweepOf(TableEntity? last, DateTimeOffset now)
    {
        if (last is null)
            return WholeSweep.First;

        // A note without a time: the tables were made by this release, and there is nothing from before.
        if (last.GetDateTimeOffset(WholeSweepAt) is not { } at)
            return WholeSweep.ToBeNoted;

        var pause = last.GetBoolean(IsFirst) == true ? SecondWholeSweep : WholeSweepPause;
        return now - at >= pause || at - now >= SecondWholeSweep ? WholeSweep.Due : WholeSweep.Made;
    }

    /// <summary>The mark that a row needs; null: it is no row of work.</summary>
    private WorkMark? MarkOf(WorkPlace place, TableEntity row)
    {
        var prefix = place == WorkPlace.Deliveries ? DuePrefix : OutboxRow.Prefix;
        if (!row.RowKey.StartsWith(prefix, StringComparison.Ordinal))
            return null;

        var due = DateTimeOffset.FromUnixTimeMilliseconds(
            long.Parse(row.RowKey.AsSpan(prefix.Length, RowKeys.MillisecondsLength), NumberStyles.None, CultureInfo.InvariantCulture));
        var now = clock.GetUtcNow();
        var at = Floor(due > now ? due : now, Period) + WakeUpSchedule.Lateness[0];
        return new WorkMark(
            at, place == WorkPlace.Deliveries ? new WorkSubject(place, row.GetString(OwnerColumn), row.PartitionKey) : new WorkSubject(place, row.PartitionKey), IsOfSweep: false);
    }

    private async Task EnsureAsync(WorkMark mark)
    {
        while (true)
        {
            Task write;
            var isMine = false;
            lock (gate)
            {
                if (!written.TryGetValue(mark, out write!) || mark.At - clock.GetUtcNow() < Trusted)
                {
                    ForgetOld();
                    write = PutAsync(mark);
                    written[mark] = write;
                    isMine = true;
                }
            }

            try
            {
                await write;
                return;
            }
            catch (Exception)
            {
                lock (gate)
                {
                    if (written.TryGetValue(mark, out var failed) && failed == write)
                        written.Remove(mark);
                }

                // What another caller's patience ended is tried again.
                if (isMine)
                    throw;
            }
        }
    }

    /// <summary>Its task is remembered, so it must not hold the answer of storage.</summary>
    private async Task PutAsync(WorkMark mark) => await table.PutAsync(Write(ShardOf(mark.Subject), mark), CancellationToken.None);

    /// <summary>Forgets marks whose time has come, each time that there are twice as many as were left.</summary>
    private void ForgetOld()
    {
        if (written.Count < forgetsAt)
            return;

        var now = clock.GetUtcNow();
        foreach (var old in written.Keys.Where(mark => mark.At - now < Trusted).ToList())
            written.Remove(old);

        // So many partitions at once: to write a mark twice does no harm.
        if (written.Count >= Capacity)
            written.Clear();

        forgetsAt = Math.Clamp(written.Count * 2, LeastKept, Capacity);
    }

    private static int ShardOf(WorkSubject subject)
    {
        var sum = 0;
        foreach (var character in subject.OwnerId)
            sum += character;

        return sum % Shards;
    }

    private static DateTimeOffset Floor(DateTimeOffset time, TimeSpan period) =>
        DateTimeOffset.FromUnixTimeMilliseconds(time.ToUnixTimeMilliseconds() / (long)period.TotalMilliseconds * (long)period.TotalMilliseconds);

    /// <summary>What the row keys of due rows begin with.</summary>
    public const string DuePrefix = "d:";

    /// <summary>The column of a due row that names the owner of its endpoint.</summary>
    public const string OwnerColumn = "owner_id";
}
