using Azure;
using Azure.Data.Tables;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.StandIns.Tables;

public sealed class QueryTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Instant = new(2026, 2, 28, 23, 59, 59, TimeSpan.FromHours(8));

    private TableClient _table = null!;

    public async Task InitializeAsync()
    {
        _table = new TableClient(await TestAzurite.NewAccountAsync(), "payments");
        await _table.CreateAsync();
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task More_than_1000_rows_come_in_pages_and_in_the_order_of_their_keys()
    {
        await FillAsync(1050);
        Assert.Equal(
            Enumerable.Range(0, 1050).Select(i => $"row {i:0000}"),
            (await _table.QueryAsync<TableEntity>().ToListAsync()).Select(entity => entity.RowKey));

        var pages = await _table.QueryAsync<TableEntity>().AsPages().ToListAsync();
        Assert.Equal([1000, 50], pages.Select(page => page.Values.Count));
        Assert.Equal([false, true], pages.Select(page => page.ContinuationToken is null));
        Assert.Equal(200, pages[0].GetRawResponse().Status);
    }

    [Fact]
    public async Task A_page_size_is_kept_and_a_query_goes_on_from_a_continuation_token()
    {
        await FillAsync(25);
        var first = await _table.QueryAsync<TableEntity>(maxPerPage: 10).AsPages().FirstAsync();
        Assert.Equal(10, first.Values.Count);

        var rest = await _table.QueryAsync<TableEntity>(maxPerPage: 10).AsPages(first.ContinuationToken).ToListAsync();
        Assert.Equal([10, 5], rest.Select(page => page.Values.Count));
        Assert.Equal("row 0010", rest[0].Values[0].RowKey);

        var hinted = await _table.QueryAsync<TableEntity>(maxPerPage: 10).AsPages(first.ContinuationToken, pageSizeHint: 4).FirstAsync();
        Assert.Equal(["row 0010", "row 0011", "row 0012", "row 0013"], hinted.Values.Select(entity => entity.RowKey));
    }

    [Fact]
    public async Task A_filter_and_a_select_go_together_over_pages()
    {
        await FillAsync(20);
        var pages = await _table.QueryAsync<TableEntity>("Index ge 10", maxPerPage: 6, select: ["RowKey", "Index"]).AsPages().ToListAsync();
        Assert.Equal([6, 4], pages.Select(page => page.Values.Count));
        var entity = pages[1].Values[^1];
        Assert.Equal(("row 0019", 19), (entity.RowKey, entity.GetInt32("Index")!.Value));
        Assert.Null(entity.PartitionKey);
        Assert.Null(entity.GetString("Other"));
    }

    [Fact]
    public async Task Values_of_every_type_are_compared()
    {
        var id = Guid.Parse("0f8fad5b-d9cb-469f-a165-70867728950e");
        var bytes = new byte[] { 0, 15, 255 };
        await _table.AddEntityAsync(new TableEntity("p", "other"));
        await _table.AddEntityAsync(new TableEntity("p", "r")
        {
            ["String"] = "it's",
            ["Int32"] = 1,
            ["Int64"] = long.MaxValue,
            ["Boolean"] = true,
            ["Double"] = 2.5,
            ["Instant"] = Instant,
            ["Guid"] = id,
            ["Binary"] = bytes,
        });

        foreach (var filter in new FormattableString[]
        {
            $"String eq {"it's"}", $"Int32 eq {1}", $"Int64 eq {long.MaxValue}", $"Boolean eq {true}", $"Double eq {2.5}",
            $"Instant eq {Instant}", $"Instant le {Instant.UtcDateTime}", $"Guid eq {id}",
            $"RowKey gt {"q"} and RowKey lt {"s"}", $"not (RowKey eq {"other"})",
        })
        {
            var text = TableClient.CreateQueryFilter(filter);
            var rows = (await _table.QueryAsync<TableEntity>(text).ToListAsync()).Select(entity => entity.RowKey);
            Assert.True(rows.SequenceEqual(["r"]), text);
        }
    }

    [Fact]
    public void Values_are_written_into_filters_as_literals() =>
        Assert.Equal(
            "a eq 'it''s' and b eq 1 and c eq 2L and d eq true and e eq guid'00000000-0000-0000-0000-000000000000'",
            TableClient.CreateQueryFilter($"a eq {"it's"} and b eq {1} and c eq {2L} and d eq {true} and e eq {Guid.Empty}"));

    [Fact]
    public async Task A_wrong_filter_is_400_when_the_result_is_enumerated()
    {
        var query = _table.QueryAsync<TableEntity>("RowKey eq");
        Assert.Equal(400, (await Assert.ThrowsAsync<RequestFailedException>(async () => await query.ToListAsync())).Status);
    }

    [Fact]
    public async Task A_query_of_a_missing_table_is_404_TableNotFound()
    {
        await _table.DeleteAsync();
        var failure = await Assert.ThrowsAsync<RequestFailedException>(async () => await _table.QueryAsync<TableEntity>().ToListAsync());
        Assert.Equal((404, "TableNotFound"), (failure.Status, failure.ErrorCode));
    }

    [Fact]
    public async Task A_query_ends_when_it_is_cancelled()
    {
        await FillAsync(10);
        using var cancellation = new CancellationTokenSource();
        await using var rows = _table.QueryAsync<TableEntity>(maxPerPage: 1, cancellationToken: cancellation.Token).GetAsyncEnumerator();
        Assert.True(await rows.MoveNextAsync());
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await rows.MoveNextAsync());
    }

    private async Task FillAsync(int count)
    {
        foreach (var indexes in Enumerable.Range(0, count).Chunk(100))
        {
            await _table.SubmitTransactionAsync(indexes.Select(index => new TableTransactionAction(
                TableTransactionActionType.Add,
                new TableEntity("partition 1", $"row {index:0000}") { ["Index"] = index, ["Other"] = "x" })));
        }
    }
}
