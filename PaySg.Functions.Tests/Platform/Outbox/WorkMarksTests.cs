using Azure.Data.Tables;
using PaySg.Functions.Access;
using PaySg.Functions.Platform.Outbox;
using PaySg.Functions.Platform.Storage;
using PaySg.Functions.Tests.Fixtures;
using PaySg.Functions.Webhooks.Delivery;

namespace PaySg.Functions.Tests.Platform.Outbox;

/// <summary>The index by which a sweep finds what is late without asking every owner.</summary>
public sealed class WorkMarksTests : IAsyncLifetime
{
    private const string Owner = AccessRows.ServicePrefix + "late";
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(31);
    private PaySgParts parts = null!;

    public async Task InitializeAsync()
    {
        parts = await PaySgParts.StartAsync();
        await SweepAsync();
        parts.Traffic.Forget();
    }

    public async Task DisposeAsync() => await parts.DisposeAsync();

    [Fact]
    public async Task A_sweep_of_ten_thousand_owners_asks_twice_where_nothing_is_late()
    {
        await AddOwnersAsync(10_000);
        parts.Traffic.Forget();

        await SweepAsync();

        Assert.Equal(2, parts.Traffic.Requests.Count);
        Assert.All(parts.Traffic.Requests, request => Assert.NotNull(request.Filter));

        // One of them has work that is late: the mark, the row, its message, and what is noted.
        await WriteAsync(parts.Tables.Payments, Work("evt_1"));
        parts.Clock.Advance(Late);
        parts.Traffic.Forget();
        await SweepAsync();
        Assert.Single(parts.Traffic.QueueRequests);
        Assert.InRange(parts.Traffic.Requests.Count, 3, 10);
    }

    [Fact]
    public async Task A_mark_stands_before_its_row_and_is_for_all_that_are_due_within_five_seconds()
    {
        for (var i = 0; i < 3; i++)
            await WriteAsync(parts.Tables.Payments, Work($"evt_{i}"));

        Assert.Equal([true, false, false, false], parts.Traffic.TableRequests.Select(request => !request.IsTransaction));
        parts.Clock.Advance(WorkMarks.Period);
        await WriteAsync(parts.Tables.Payments, Work("evt_next"));
        Assert.Equal(2, (await MarksAsync()).Count);
    }

    [Fact]
    public async Task Marks_whose_time_has_come_are_not_remembered_for_ever()
    {
        var marks = parts.Get<WorkMarks>();
        for (var i = 0; i < 500; i++)
        {
            await marks.BeforeWriteAsync(WorkPlace.Owner, new EntityGroup($"w{i}").Insert(Work($"evt_{i}")));
            parts.Clock.Advance(WorkMarks.Period);
        }

        Assert.InRange(marks.Remembered, 1, 64);
    }

    [Fact]
    public async Task A_row_is_not_written_where_its_mark_cannot_be()
    {
        parts.Traffic.BeforeSend = static request =>
        {
            if (request.Url.AbsolutePath.Contains("access", StringComparison.Ordinal))
                throw new IOException("The table cannot be reached.");
        };

        await Assert.ThrowsAnyAsync<Exception>(() => WriteAsync(parts.Tables.Payments, Work("evt_1")));

        parts.Traffic.BeforeSend = static _ => { };
        Assert.DoesNotContain(parts.Traffic.TableRequests, static request => request.IsTransaction);
        await WriteAsync(parts.Tables.Payments, Work("evt_1"));
        Assert.Single(await MarksAsync());
    }

    [Fact]
    public async Task Work_in_each_table_is_found_when_it_is_late_and_not_before()
    {
        var endpoint = $"we_{Guid.CreateVersion7(parts.Clock.GetUtcNow())}";
        var eventId = $"evt_{Guid.CreateVersion7(parts.Clock.GetUtcNow())}";
        await WriteAsync(parts.Tables.Payments, Work("evt_1"));
        await WriteAsync(parts.Tables.Webhooks, new OutboxRow(Owner, parts.Clock.GetUtcNow(), OutboxKind.Recovery, $"{endpoint}.rec_1").ToEntity());
        await WriteAsync(parts.Tables.Deliveries, Due(endpoint, eventId, parts.Clock.GetUtcNow()));
        parts.Clock.Advance(TimeSpan.FromSeconds(29));

        await SweepAsync();
        Assert.Empty(parts.Traffic.QueueRequests);

        parts.Clock.Advance(TimeSpan.FromSeconds(2));
        await SweepAsync();
        Assert.Equal(3, parts.Traffic.QueueRequests.Count);
    }

    [Fact]
    public async Task What_is_due_in_hours_is_not_looked_at_until_then()
    {
        var endpoint = $"we_{Guid.CreateVersion7(parts.Clock.GetUtcNow())}";
        await WriteAsync(parts.Tables.Deliveries, Due(endpoint, $"evt_{Guid.CreateVersion7(parts.Clock.GetUtcNow())}", parts.Clock.GetUtcNow() + TimeSpan.FromHours(5)));
        parts.Clock.Advance(TimeSpan.FromHours(4));
        parts.Traffic.Forget();

        await SweepAsync();
        Assert.Equal(2, parts.Traffic.Requests.Count);

        parts.Clock.Advance(TimeSpan.FromHours(1) + Late);
        await SweepAsync();
        Assert.Single(parts.Traffic.QueueRequests);
    }

    [Fact]
    public async Task A_row_that_is_written_long_after_its_mark_is_found_by_the_second_look()
    {
        await WriteAsync(parts.Tables.Payments, Work("evt_1"));
        await parts.Tables.Payments.DeleteEntityAsync(Owner, Work("evt_1").RowKey);
        parts.Clock.Advance(Late);
        await SweepAsync();
        await PutUnmarkedAsync(Work("evt_2"));

        parts.Clock.Advance(WorkMarks.SecondLook + TimeSpan.FromMinutes(5));
        await SweepAsync();

        Assert.Single(parts.Traffic.QueueRequests);
        await parts.Tables.Payments.DeleteEntityAsync(Owner, (await RowsAsync("o:")).Single().RowKey);
        parts.Clock.Advance(TimeSpan.FromMinutes(30));
        await SweepAsync();
        Assert.Empty(await MarksAsync());
    }

    [Fact]
    public async Task Rows_of_a_release_without_marks_are_found_by_the_first_sweep_and_those_of_its_last_instances_an_hour_later()
    {
        await AddOwnersAsync(1, Owner);
        await parts.Tables.Access.DeleteEntityAsync(WorkMarks.PartitionOf(0), WorkMarks.WholeSweepKey);
        await PutUnmarkedAsync(Work("evt_1"));
        parts.Clock.Advance(Late);

        await SweepAsync();
        Assert.Single(parts.Traffic.QueueRequests);

        await parts.Tables.Payments.DeleteEntityAsync(Owner, (await RowsAsync("o:")).Single().RowKey);
        await PutUnmarkedAsync(Work("evt_2"));
        parts.Clock.Advance(WorkMarks.SecondWholeSweep);
        await SweepAsync();
        Assert.Equal(2, parts.Traffic.QueueRequests.Count);

        // And once a day from then on.
        await parts.Tables.Payments.DeleteEntityAsync(Owner, (await RowsAsync("o:")).Single().RowKey);
        parts.Clock.Advance(TimeSpan.FromHours(23));
        await SweepAsync();
        await PutUnmarkedAsync(Work("evt_3"));
        parts.Clock.Advance(Late);
        await SweepAsync();
        Assert.Equal(2, parts.Traffic.QueueRequests.Count);
        parts.Clock.Advance(TimeSpan.FromHours(1));
        await SweepAsync();
        Assert.Equal(3, parts.Traffic.QueueRequests.Count);
    }

    [Fact]
    public async Task An_owner_that_cannot_be_swept_keeps_its_marks()
    {
        await WriteAsync(parts.Tables.Payments, Work("evt_1"));
        var before = await MarksAsync();
        parts.Clock.Advance(Late);
        parts.Traffic.BeforeSend = static request =>
        {
            if (request.IsQueue)
                throw new IOException("The queue cannot be reached.");
        };
        await SweepAsync();
        parts.Traffic.BeforeSend = static _ => { };
        Assert.Equal(before, await MarksAsync());
        parts.Traffic.Forget();

        await SweepAsync();

        Assert.Single(parts.Traffic.QueueRequests);
    }

    [Theory]
    [InlineData(0, 30)]
    [InlineData(30, 90)]
    [InlineData(31, 90)]
    [InlineData(449, 450)]
    [InlineData(450, 900)]
    [InlineData(900, 1800)]
    [InlineData(1799, 1800)]
    [InlineData(1800, 2700)]
    public void The_next_wake_up_is_that_of_the_schedule(int late, int next)
    {
        var due = parts.Clock.GetUtcNow();

        var at = WakeUpSchedule.NextAfter(due, due.AddSeconds(late));

        Assert.Equal(due.AddSeconds(next), at);
        Assert.True(WakeUpSchedule.IsDue(due, due.AddSeconds(late), at));
        Assert.False(WakeUpSchedule.IsDue(due, due.AddSeconds(late), at.AddMilliseconds(-1)));
    }

    [Theory]
    [InlineData("00001768440630000:o:ps_1::w")]
    [InlineData("01768440630000:x:ps_1::w")]
    [InlineData("01768440630000:o:ps_1::x")]
    [InlineData("0176844063000a:o:ps_1::w")]
    [InlineData(WorkMarks.WholeSweepKey)]
    public void What_is_no_mark_is_not_read_as_one(string rowKey) => Assert.Null(WorkMark.Parse(rowKey));

    [Theory]
    [InlineData("01768440630000:o:ps_1::w")]
    [InlineData("01768440630000:w:ps_1::s")]
    [InlineData("01768440630000:d:ps_1:we_1:s")]
    public void A_mark_is_read_as_it_was_written(string rowKey) => Assert.Equal(rowKey, WorkMark.Parse(rowKey)!.RowKey);

    private Task SweepAsync() => parts.Get<Sweep>().RunAsync(CancellationToken.None);

    private TableEntity Work(string subject) => new OutboxRow(Owner, parts.Clock.GetUtcNow(), OutboxKind.Charge, $"{subject}.att_1").ToEntity();

    private static TableEntity Due(string endpoint, string eventId, DateTimeOffset at) =>
        new(endpoint, DeliveryRows.DueKey(at, eventId)) { ["attempt"] = 1, [WorkMarks.OwnerColumn] = Owner };

    private static Task<WriteResult> WriteAsync(TableClient table, TableEntity row) => table.SubmitAsync(new EntityGroup("w").Insert(row), CancellationToken.None);

    /// <summary>As the release before wrote it.</summary>
    private async Task PutUnmarkedAsync(TableEntity row) => await parts.Tables.Payments.AddEntityAsync(row);

    private async Task AddOwnersAsync(int count, string? only = null)
    {
        var rows = Enumerable.Range(0, count).Select(i => new TableEntity(AccessRows.Owners, only ?? $"{AccessRows.ServicePrefix}{i:D6}"));
        foreach (var some in rows.Chunk(100))
            await parts.Tables.Access.SubmitTransactionAsync(some.Select(static row => new TableTransactionAction(TableTransactionActionType.Add, row)));
    }

    private async Task<List<string>> MarksAsync()
    {
        var marks = await parts.Get<WorkMarks>().ReadAsync(parts.Clock.GetUtcNow(), CancellationToken.None);
        return [.. marks.All.Select(static mark => mark.RowKey)];
    }

    private async Task<List<TableEntity>> RowsAsync(string prefix) =>
        await parts.Tables.Payments.QueryAsync<TableEntity>(RowKeys.Prefix(Owner, prefix)).ToListAsync();
}
