using Azure;
using Azure.Data.Tables;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.StandIns.Tables;

public sealed class KeyTests : IAsyncLifetime
{
    private TableClient _table = null!;

    public static TheoryData<string> Keys =>
    [
        "", " ", "a b", "it's", "''", "a:b", "a+b", "100%", "%27", "%2B", "a&b=c", "é漢字😀", "~tilde", "a,b", "(a)", "a;b", "a@b", "a=b", "a\"b",
        "{a}", "[a]", "<a>", "a|b", "a!b$c*d", "a.b", "..", "-_", "DELETE PUT", "HTTP1.1 409",
    ];

    public async Task InitializeAsync()
    {
        _table = new TableClient(await TestAzurite.NewAccountAsync(), "payments");
        await _table.CreateAsync();
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Theory]
    [MemberData(nameof(Keys))]
    public async Task A_key_is_added_read_changed_queried_and_deleted(string key)
    {
        await _table.AddEntityAsync(new TableEntity(key, key) { ["A"] = 1 });
        TableEntity read = await _table.GetEntityAsync<TableEntity>(key, key);
        Assert.Equal((key, key), (read.PartitionKey, read.RowKey));

        await _table.UpdateEntityAsync(new TableEntity(key, key) { ["A"] = 2 }, read.ETag);
        await _table.UpsertEntityAsync(new TableEntity(key, key) { ["B"] = 3 });

        var found = await _table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {key} and RowKey eq {key}")).SingleAsync();
        Assert.Equal((key, key, 2, 3), (found.PartitionKey, found.RowKey, found.GetInt32("A")!.Value, found.GetInt32("B")!.Value));

        Assert.Equal(204, (await _table.DeleteEntityAsync(key, key)).Status);
        Assert.False((await _table.GetEntityIfExistsAsync<TableEntity>(key, key)).HasValue);
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public async Task A_key_goes_through_transactions(string key)
    {
        TableEntity[] entities = [new(key, key) { ["A"] = 1 }, new(key, key + "2") { ["A"] = 1 }];
        foreach (var type in new[]
        {
            TableTransactionActionType.Add, TableTransactionActionType.UpdateMerge, TableTransactionActionType.UpdateReplace,
            TableTransactionActionType.UpsertMerge, TableTransactionActionType.UpsertReplace,
        })
        {
            await _table.SubmitTransactionAsync(entities.Select(entity => new TableTransactionAction(type, entity, ETag.All)));
            Assert.Equal(1, (await _table.GetEntityAsync<TableEntity>(key, key)).Value.GetInt32("A"));
            Assert.Equal(2, (await _table.QueryAsync<TableEntity>().ToListAsync()).Count);
        }

        await _table.SubmitTransactionAsync(entities.Select(entity => new TableTransactionAction(TableTransactionActionType.Delete, entity)));
        Assert.Empty(await _table.QueryAsync<TableEntity>().ToListAsync());
    }
}
