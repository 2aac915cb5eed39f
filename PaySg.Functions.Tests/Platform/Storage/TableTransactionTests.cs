using Azure;
using Azure.Data.Tables;
using PaySg.Functions.Platform.Storage;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Platform.Storage;

/// <summary>What the product relies on in the transactions of Azure's own client, on the emulator; and where they surprise.</summary>
public sealed class TableTransactionTests : IAsyncLifetime
{
    private TableClient table = null!;

    public async Task InitializeAsync()
    {
        table = new TableClient(await TestAzurite.NewAccountAsync(), "payments");
        await table.CreateAsync();
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task All_rows_are_written_and_each_answers_its_new_version()
    {
        var old = (await table.AddEntityAsync(new TableEntity("p", "merge") { ["kept"] = 1 })).Headers.ETag!.Value;
        await table.AddEntityAsync(new TableEntity("p", "delete"));

        var answers = (await table.SubmitTransactionAsync(
        [
            new(TableTransactionActionType.Add, Row("add")),
            new(TableTransactionActionType.UpdateMerge, Row("merge"), old),
            new(TableTransactionActionType.Delete, Row("delete"), ETag.All),
        ])).Value;

        var rows = await RowsAsync();
        Assert.Equal(["add", "merge"], rows.Select(row => row.RowKey));
        Assert.Equal(rows.Select(row => (ETag?)row.ETag).Append(null), answers.Select(answer => answer.Headers.ETag));
        Assert.Equal((1, 1), (rows[1].GetInt32("kept"), rows[1].GetInt32("n")));
    }

    [Fact]
    public async Task A_row_that_is_there_refuses_all_with_409_and_its_index()
    {
        await table.AddEntityAsync(Row("c"));

        Assert.Equal((409, "EntityAlreadyExists", 2), await RefusalOfAsync(Insert("a"), Insert("b"), Insert("c")));
        Assert.Equal(["c"], (await RowsAsync()).Select(row => row.RowKey));
    }

    [Theory]
    [InlineData(TableTransactionActionType.UpdateReplace)]
    [InlineData(TableTransactionActionType.UpdateMerge)]
    [InlineData(TableTransactionActionType.Delete)]
    public async Task An_old_version_refuses_all_with_412_and_its_index(TableTransactionActionType type)
    {
        var old = (await table.AddEntityAsync(Row("b"))).Headers.ETag!.Value;
        await table.UpsertEntityAsync(Row("b"));

        Assert.Equal((412, "UpdateConditionNotSatisfied", 1), await RefusalOfAsync(Insert("a"), new(type, Row("b"), old)));
        Assert.Equal(["b"], (await RowsAsync()).Select(row => row.RowKey));
    }

    [Theory]
    [InlineData(TableTransactionActionType.UpdateReplace)]
    [InlineData(TableTransactionActionType.UpdateMerge)]
    [InlineData(TableTransactionActionType.Delete)]
    public async Task A_missing_row_refuses_all_with_404_and_its_index(TableTransactionActionType type)
    {
        Assert.Equal((404, "ResourceNotFound", 1), await RefusalOfAsync(Insert("a"), new(type, Row("b"), ETag.All)));
        Assert.Empty(await RowsAsync());
    }

    /// <summary>So <see cref="EntityGroup"/> always names one where a row must be there.</summary>
    [Theory]
    [InlineData(TableTransactionActionType.UpdateReplace)]
    [InlineData(TableTransactionActionType.UpdateMerge)]
    public async Task An_update_without_a_version_inserts_a_row_that_is_missing(TableTransactionActionType type)
    {
        await table.SubmitTransactionAsync([new(type, Row("new"))]);

        Assert.Equal(["new"], (await RowsAsync()).Select(row => row.RowKey));
    }

    /// <summary>Azure refuses it, so <see cref="EntityGroup"/> does.</summary>
    [Fact]
    public async Task Rows_of_two_partitions_are_checked_by_nobody()
    {
        await table.SubmitTransactionAsync(
        [
            new(TableTransactionActionType.Add, new TableEntity("p", "a")),
            new(TableTransactionActionType.Add, new TableEntity("q", "a")),
        ]);

        Assert.Equal(["p", "q"], (await RowsAsync()).Select(row => row.PartitionKey));
    }

    /// <summary>So <see cref="EntityGroup"/> counts before.</summary>
    [Fact]
    public async Task A_hundred_rows_are_written_and_one_more_fails_at_the_answer()
    {
        Assert.Equal(100, (await table.SubmitTransactionAsync(Many(100))).Value.Count);

        await Assert.ThrowsAsync<InvalidOperationException>(() => table.SubmitTransactionAsync(Many(101)));

        static IEnumerable<TableTransactionAction> Many(int count) => Enumerable.Range(0, count).Select(n => new TableTransactionAction(TableTransactionActionType.UpsertReplace, Row($"{n:000}")));
    }

    [Fact]
    public async Task One_of_eight_with_the_same_version_wins()
    {
        var read = (await table.AddEntityAsync(Row("r"))).Headers.ETag!.Value;

        var won = await Task.WhenAll(Enumerable.Range(0, 8).Select(async writer =>
        {
            try
            {
                await table.SubmitTransactionAsync([new(TableTransactionActionType.UpdateReplace, Row("r"), read), new(TableTransactionActionType.Add, Row($"{writer}"))]);
                return true;
            }
            catch (TableTransactionFailedException lost) when (lost.Status == 412)
            {
                return false;
            }
        }));

        Assert.Single(won, true);
        Assert.Equal(2, (await RowsAsync()).Count);
    }

    private async Task<(int Status, string? Code, int? Index)> RefusalOfAsync(params TableTransactionAction[] actions)
    {
        var refusal = await Assert.ThrowsAsync<TableTransactionFailedException>(() => table.SubmitTransactionAsync(actions));
        return (refusal.Status, refusal.ErrorCode, refusal.FailedTransactionActionIndex);
    }

    private async Task<List<TableEntity>> RowsAsync()
    {
        var rows = new List<TableEntity>();
        await foreach (var row in table.QueryAsync<TableEntity>(filter: (string?)null))
            rows.Add(row);
        return rows;
    }

    private static TableTransactionAction Insert(string key) => new(TableTransactionActionType.Add, Row(key));

    private static TableEntity Row(string key) => new("p", key) { ["n"] = 1 };
}
