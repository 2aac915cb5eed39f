using Azure;
using Azure.Data.Tables;
using PaySg.Functions.Platform.Storage;

namespace PaySg.Functions.Tests.Fixtures;

public sealed class RowLedgerTests : IAsyncLifetime
{
    private readonly RowLedger ledger = new();
    private TableClient table = null!;

    public async Task InitializeAsync()
    {
        table = new TableServiceClient(await TestAzurite.NewAccountAsync(), new TableClientOptions { Transport = new StorageTraffic(ledger) }).GetTableClient("rows");
        await table.CreateAsync();
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_row_is_counted_by_Azures_formula()
    {
        await table.AddEntityAsync(Row("r", ("text", "äé"), ("bytes", new byte[10]), ("n", 1), ("l", 1L), ("flag", true), ("at", DateTimeOffset.UnixEpoch)));

        // Keys; name and value of each column, with 8 for each, and 4 for what has a length.
        Assert.Equal(4 + 4 + (8 + 8 + 8) + (8 + 10 + 14) + (8 + 2 + 4) + (8 + 2 + 8) + (8 + 8 + 1) + (8 + 4 + 8), ledger.Largest);
        Assert.Empty(ledger.Violations);
    }

    [Fact]
    public async Task A_row_that_merges_make_too_large_is_noted_although_each_of_them_passes()
    {
        await table.AddEntityAsync(Row("r"));
        for (var part = 0; part < 18; part++)
        {
            var group = new EntityGroup("w").Merge(Row("r", ($"part{part}", new byte[60 * 1024])), ETag.All);
            Assert.IsType<WriteResult.Committed>(await table.SubmitAsync(group, CancellationToken.None));
            Assert.Equal(part == 17 ? 1 : 0, ledger.Violations.Count);
        }

        Assert.StartsWith("rows: a row of 11", ledger.Violations[0], StringComparison.Ordinal);
        await table.UpsertEntityAsync(Row("r", ("small", 1)), TableUpdateMode.Replace);
        Assert.InRange(ledger.Largest, 1, 100);
        await table.DeleteEntityAsync("p", "r", ETag.All);
        Assert.Equal(0, ledger.Count("rows"));
    }

    [Fact]
    public async Task What_storage_refuses_is_not_taken_down()
    {
        await table.AddEntityAsync(Row("r", ("bytes", new byte[1000])));

        await table.SubmitAsync(new EntityGroup("w").Insert(Row("other", ("n", 1))).Insert(Row("r", ("n", 1))), CancellationToken.None);
        await Assert.ThrowsAsync<RequestFailedException>(() => table.AddEntityAsync(Row("r", ("n", 1))));

        Assert.Equal(1, ledger.Count("rows"));
        Assert.InRange(ledger.Largest, 1000, 1100);
    }

    [Fact]
    public async Task Too_many_columns_and_two_partitions_and_odd_values_are_noted()
    {
        await table.UpsertEntityAsync(Row("wide", [.. Enumerable.Range(0, 253).Select(n => ($"c{n}", (object)n))]));
        await table.SubmitTransactionAsync([new(TableTransactionActionType.Add, Row("a")), new(TableTransactionActionType.Add, new TableEntity("q", "a"))]);
        await table.UpsertEntityAsync(Row("odd", ("price", 1.5m)));
        await table.UpsertEntityAsync(Row("odd", ("price", 1.5)));

        Assert.Equal(
            [
                "rows: a row of 253 columns.",
                "A transaction of 2 partitions: p, q.",
                "rows: column price holds 1.5 as a number, which no row does.",
                "rows: column price holds 1.5 as Edm.Double, which no row does.",
            ],
            ledger.Violations);
    }

    private static TableEntity Row(string key, params (string Name, object Value)[] columns)
    {
        var row = new TableEntity("p", key);
        foreach (var (name, value) in columns)
            row[name] = value;
        return row;
    }
}
