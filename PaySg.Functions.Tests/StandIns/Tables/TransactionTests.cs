using Azure;
using Azure.Data.Tables;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.StandIns.Tables;

public sealed class TransactionTests : IAsyncLifetime
{
    private TableClient _table = null!;

    public async Task InitializeAsync()
    {
        _table = new TableClient(await TestAzurite.NewAccountAsync(), "payments");
        await _table.CreateAsync();
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Every_kind_of_action_is_done_and_answered_with_the_new_ETag()
    {
        foreach (var row in new[] { "merge", "replace", "delete", "upsert-merge" })
            await _table.AddEntityAsync(new TableEntity("p", row) { ["A"] = "x", ["B"] = "y" });
        TableEntity merge = await _table.GetEntityAsync<TableEntity>("p", "merge");
        TableEntity delete = await _table.GetEntityAsync<TableEntity>("p", "delete");

        var answer = await _table.SubmitTransactionAsync(
        [
            new(TableTransactionActionType.Add, Entity("add")),
            new(TableTransactionActionType.UpdateMerge, Entity("merge"), merge.ETag),
            new(TableTransactionActionType.UpdateReplace, Entity("replace"), ETag.All),
            new(TableTransactionActionType.Delete, Entity("delete"), delete.ETag),
            new(TableTransactionActionType.UpsertMerge, Entity("upsert-merge")),
            new(TableTransactionActionType.UpsertReplace, Entity("upsert-replace")),
        ]);

        Assert.Equal(202, answer.GetRawResponse().Status);
        Assert.Equal([204, 204, 204, 204, 204, 204], answer.Value.Select(response => response.Status));
        var stored = await _table.QueryAsync<TableEntity>().ToListAsync();
        Assert.Equal(["add", "merge", "replace", "upsert-merge", "upsert-replace"], stored.Select(entity => entity.RowKey));
        Assert.All(stored, entity => Assert.Equal("z", entity.GetString("A")));
        Assert.Equal([null, "y", null, "y", null], stored.Select(entity => entity.GetString("B")));
        Assert.Null(answer.Value[3].Headers.ETag);
        Assert.Equal(
            stored.Select(entity => (ETag?)entity.ETag),
            answer.Value.Select(response => response.Headers.ETag).Where(etag => etag is not null));

        static TableEntity Entity(string row) => new("p", row) { ["A"] = "z" };
    }

    [Fact]
    public async Task A_failed_action_rolls_everything_back_and_is_named_by_index_and_error_code()
    {
        await _table.AddEntityAsync(new TableEntity("p", "c"));
        var failure = await Assert.ThrowsAsync<TableTransactionFailedException>(() => _table.SubmitTransactionAsync(
        [
            new(TableTransactionActionType.Add, new TableEntity("p", "a")),
            new(TableTransactionActionType.Add, new TableEntity("p", "b")),
            new(TableTransactionActionType.Add, new TableEntity("p", "c")),
        ]));

        Assert.Equal((409, "EntityAlreadyExists", 2), (failure.Status, failure.ErrorCode, failure.FailedTransactionActionIndex));
        Assert.Equal(["c"], (await _table.QueryAsync<TableEntity>().ToListAsync()).Select(entity => entity.RowKey));
    }

    [Fact]
    public async Task Changes_and_deletes_before_a_failed_action_are_undone()
    {
        string[] rows = ["delete", "merge", "replace", "upsert-merge", "upsert-replace"];
        foreach (var row in rows)
            await _table.AddEntityAsync(new TableEntity("p", row) { ["A"] = "x", ["B"] = "y" });
        var before = await _table.QueryAsync<TableEntity>().ToListAsync();

        await Assert.ThrowsAsync<TableTransactionFailedException>(() => _table.SubmitTransactionAsync(
        [
            new(TableTransactionActionType.Delete, Entity("delete")),
            new(TableTransactionActionType.UpdateMerge, Entity("merge"), ETag.All),
            new(TableTransactionActionType.UpdateReplace, Entity("replace"), ETag.All),
            new(TableTransactionActionType.UpsertMerge, Entity("upsert-merge")),
            new(TableTransactionActionType.UpsertReplace, Entity("upsert-replace")),
            new(TableTransactionActionType.UpsertReplace, Entity("new")),
            new(TableTransactionActionType.Delete, Entity("missing")),
        ]));

        var after = await _table.QueryAsync<TableEntity>().ToListAsync();
        Assert.Equal(rows, after.Select(entity => entity.RowKey));
        Assert.All(after, entity => Assert.Equal(("x", "y"), (entity.GetString("A"), entity.GetString("B"))));
        Assert.Equal(before.Select(entity => entity.ETag), after.Select(entity => entity.ETag));

        static TableEntity Entity(string row) => new("p", row) { ["A"] = "z" };
    }

    [Fact]
    public async Task An_old_version_in_a_transaction_is_412_UpdateConditionNotSatisfied()
    {
        var first = await _table.AddEntityAsync(new TableEntity("p", "b") { ["A"] = "x" });
        await _table.UpsertEntityAsync(new TableEntity("p", "b") { ["A"] = "y" });
        var failure = await Assert.ThrowsAsync<TableTransactionFailedException>(() => _table.SubmitTransactionAsync(
        [
            new(TableTransactionActionType.Add, new TableEntity("p", "a")),
            new(TableTransactionActionType.UpdateReplace, new TableEntity("p", "b") { ["A"] = "z" }, first.Headers.ETag!.Value),
        ]));

        Assert.Equal((412, "UpdateConditionNotSatisfied", 1), (failure.Status, failure.ErrorCode, failure.FailedTransactionActionIndex));
        Assert.Equal("y", (await _table.QueryAsync<TableEntity>().SingleAsync()).GetString("A"));
    }

    [Fact]
    public async Task A_missing_entity_in_a_transaction_is_404_ResourceNotFound()
    {
        var failure = await Assert.ThrowsAsync<TableTransactionFailedException>(() => _table.SubmitTransactionAsync(
        [
            new(TableTransactionActionType.Add, new TableEntity("p", "a")),
            new(TableTransactionActionType.Delete, new TableEntity("p", "b")),
        ]));
        Assert.Equal((404, "ResourceNotFound", 1), (failure.Status, failure.ErrorCode, failure.FailedTransactionActionIndex));
        Assert.Empty(await _table.QueryAsync<TableEntity>().ToListAsync());
    }

    [Fact]
    public async Task A_transaction_of_one_action_works_and_fails_like_any_other()
    {
        TableTransactionAction[] add = [new(TableTransactionActionType.Add, new TableEntity("p", "a") { ["A"] = "x" })];
        var answer = await _table.SubmitTransactionAsync(add);
        Assert.Equal(204, Assert.Single(answer.Value).Status);
        var failure = await Assert.ThrowsAsync<TableTransactionFailedException>(() => _table.SubmitTransactionAsync(add));
        Assert.Equal((409, "EntityAlreadyExists", 0), (failure.Status, failure.ErrorCode, failure.FailedTransactionActionIndex));
    }

    [Fact]
    public async Task A_transaction_of_100_actions_is_done()
    {
        var answer = await _table.SubmitTransactionAsync(Enumerable.Range(0, 100).Select(
            i => new TableTransactionAction(TableTransactionActionType.Add, new TableEntity("p", $"{i:000}") { ["Index"] = i })));
        Assert.Equal(100, answer.Value.Count);
        Assert.All(answer.Value, response => Assert.NotNull(response.Headers.ETag));
        Assert.Equal(Enumerable.Range(0, 100), (await _table.QueryAsync<TableEntity>().ToListAsync()).Select(entity => entity.GetInt32("Index")!.Value));
    }

    [Fact]
    public async Task A_transaction_of_101_actions_is_refused()
    {
        var failure = await Assert.ThrowsAnyAsync<RequestFailedException>(() => _table.SubmitTransactionAsync(Enumerable.Range(0, 101).Select(
            i => new TableTransactionAction(TableTransactionActionType.Add, new TableEntity("p", $"{i:000}")))));
        Assert.Equal((400, "InvalidInput"), (failure.Status, failure.ErrorCode));
        Assert.Empty(await _table.QueryAsync<TableEntity>().ToListAsync());
    }

    [Theory]
    [InlineData(TableTransactionActionType.Add)]
    [InlineData(TableTransactionActionType.UpsertMerge)]
    [InlineData(TableTransactionActionType.UpsertReplace)]
    public async Task A_transaction_of_over_1_MiB_is_done(TableTransactionActionType type)
    {
        var answer = await _table.SubmitTransactionAsync(Enumerable.Range(0, 50).Select(
            i => new TableTransactionAction(type, new TableEntity("p", $"{i:000}") { ["A"] = new string('x', 30 * 1024) })));
        Assert.Equal(50, answer.Value.Count);
    }

    [Fact]
    public async Task A_transaction_with_one_entity_twice_is_400_InvalidDuplicateRow()
    {
        var failure = await Assert.ThrowsAnyAsync<RequestFailedException>(() => _table.SubmitTransactionAsync(
        [
            new(TableTransactionActionType.UpsertMerge, new TableEntity("p", "a")),
            new(TableTransactionActionType.UpsertMerge, new TableEntity("p", "a")),
        ]));
        Assert.Equal((400, "InvalidDuplicateRow"), (failure.Status, failure.ErrorCode));
    }

    [Fact]
    public async Task Transactions_side_by_side_do_not_disturb_each_other()
    {
        await Task.WhenAll(Enumerable.Range(0, 40).Select(p => _table.SubmitTransactionAsync(Enumerable.Range(0, 20).Select(
            i => new TableTransactionAction(TableTransactionActionType.Add, new TableEntity($"p{p}", $"{i}"))))));
        Assert.Equal(800, (await _table.QueryAsync<TableEntity>().ToListAsync()).Count);

        // One wins the row that they all add; the others leave nothing behind.
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 40).Select(async writer =>
        {
            try
            {
                await _table.SubmitTransactionAsync(
                [
                    new(TableTransactionActionType.Add, new TableEntity("contended", $"own {writer}")),
                    new(TableTransactionActionType.Add, new TableEntity("contended", "the one")),
                ]);
                return true;
            }
            catch (TableTransactionFailedException e) when (e.Status == 409)
            {
                return false;
            }
        }));
        Assert.Single(outcomes, won => won);
        Assert.Equal(2, (await _table.QueryAsync<TableEntity>("PartitionKey eq 'contended'").ToListAsync()).Count);
    }

    [Fact]
    public async Task An_empty_transaction_is_refused_before_it_is_sent() =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => _table.SubmitTransactionAsync([]));

    [Fact]
    public async Task Text_that_looks_like_the_protocol_survives_a_transaction()
    {
        const string text = "--changeset_1\r\nHTTP/1.1 409 Conflict\r\n\r\n{\"a\":\"}\"} é 漢字 😀 \u2028 \t \" \\ <&>+'%27";
        await _table.SubmitTransactionAsync(
        [
            new(TableTransactionActionType.Add, new TableEntity("p", "a") { ["A"] = text }),
            new(TableTransactionActionType.Add, new TableEntity("p", "b") { ["A"] = text }),
        ]);
        Assert.All(await _table.QueryAsync<TableEntity>().ToListAsync(), entity => Assert.Equal(text, entity.GetString("A")));
    }
}
