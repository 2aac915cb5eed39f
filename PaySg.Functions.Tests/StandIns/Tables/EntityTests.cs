using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.StandIns.Tables;

public sealed class EntityTests : IAsyncLifetime
{
    private TableClient _table = null!;

    public async Task InitializeAsync()
    {
        _table = new TableClient(await TestAzurite.NewAccountAsync(), "payments");
        await _table.CreateAsync();
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task An_added_entity_is_read_with_keys_timestamp_and_the_ETag_of_the_insert()
    {
        var added = await _table.AddEntityAsync(new TableEntity("p", "r") { ["Amount"] = 1200L });
        TableEntity read = await _table.GetEntityAsync<TableEntity>("p", "r");

        Assert.Equal(204, added.Status);
        Assert.Equal(added.Headers.ETag, read.ETag);
        Assert.Equal(("p", "r", 1200L), (read.PartitionKey, read.RowKey, read.GetInt64("Amount")));
        Assert.True(read.Timestamp > DateTimeOffset.UnixEpoch);
        Assert.Equal(["Amount", "PartitionKey", "RowKey", "Timestamp", "odata.etag"], read.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_conflicting_insert_is_409_EntityAlreadyExists()
    {
        await _table.AddEntityAsync(new TableEntity("p", "r"));
        var failure = await Assert.ThrowsAsync<RequestFailedException>(() => _table.AddEntityAsync(new TableEntity("p", "r")));

        Assert.Equal((409, "EntityAlreadyExists"), (failure.Status, failure.ErrorCode));
        Assert.True(failure.ErrorCode == TableErrorCode.EntityAlreadyExists);
        Assert.Contains("The specified entity already exists", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_entity_is_404_ResourceNotFound()
    {
        var failure = await Assert.ThrowsAsync<RequestFailedException>(() => _table.GetEntityAsync<TableEntity>("p", "r"));
        Assert.Equal((404, "ResourceNotFound"), (failure.Status, failure.ErrorCode));
    }

    [Fact]
    public async Task GetEntityIfExists_has_no_value_for_a_missing_entity_and_for_a_missing_table()
    {
        var entity = await _table.GetEntityIfExistsAsync<TableEntity>("p", "r");
        Assert.False(entity.HasValue);
        Assert.Equal(404, entity.GetRawResponse().Status);
        Assert.False(entity.GetRawResponse().IsError);
        Assert.Throws<InvalidOperationException>(() => entity.Value);

        await _table.DeleteAsync();
        Assert.False((await _table.GetEntityIfExistsAsync<TableEntity>("p", "r")).HasValue);
    }

    [Fact]
    public async Task GetEntityIfExists_has_the_value_of_an_entity_that_exists()
    {
        await _table.AddEntityAsync(new TableEntity("p", "r") { ["A"] = "x" });
        var entity = await _table.GetEntityIfExistsAsync<TableEntity>("p", "r");
        Assert.True(entity.HasValue);
        Assert.Equal("x", entity.Value!.GetString("A"));
    }

    [Fact]
    public async Task A_select_reads_the_named_properties_only()
    {
        await _table.AddEntityAsync(new TableEntity("p", "r") { ["A"] = "x", ["B"] = "y" });
        TableEntity read = await _table.GetEntityAsync<TableEntity>("p", "r", ["A"]);
        Assert.Equal("x", read.GetString("A"));
        Assert.Null(read.GetString("B"));
        Assert.NotEqual(default, read.ETag);
    }

    [Fact]
    public async Task A_merge_keeps_properties_and_a_replace_drops_them()
    {
        await _table.AddEntityAsync(new TableEntity("p", "r") { ["A"] = "x", ["B"] = "y" });

        var merged = await _table.UpdateEntityAsync(new TableEntity("p", "r") { ["A"] = "z" }, ETag.All);
        TableEntity read = await _table.GetEntityAsync<TableEntity>("p", "r");
        Assert.Equal(("z", "y", merged.Headers.ETag), (read.GetString("A"), read.GetString("B"), read.ETag));

        var replaced = await _table.UpdateEntityAsync(new TableEntity("p", "r") { ["A"] = "w" }, read.ETag, TableUpdateMode.Replace);
        read = await _table.GetEntityAsync<TableEntity>("p", "r");
        Assert.Equal(("w", replaced.Headers.ETag), (read.GetString("A"), read.ETag));
        Assert.False(read.ContainsKey("B"));
    }

    [Theory]
    [InlineData(TableUpdateMode.Merge)]
    [InlineData(TableUpdateMode.Replace)]
    public async Task An_update_of_an_old_version_is_412_UpdateConditionNotSatisfied(TableUpdateMode mode)
    {
        var first = await _table.AddEntityAsync(new TableEntity("p", "r"));
        await _table.UpdateEntityAsync(new TableEntity("p", "r") { ["A"] = 1 }, ETag.All);
        var failure = await Assert.ThrowsAsync<RequestFailedException>(
            () => _table.UpdateEntityAsync(new TableEntity("p", "r"), first.Headers.ETag!.Value, mode));
        Assert.Equal((412, "UpdateConditionNotSatisfied"), (failure.Status, failure.ErrorCode));
    }

    [Theory]
    [InlineData(TableUpdateMode.Merge)]
    [InlineData(TableUpdateMode.Replace)]
    public async Task An_update_of_a_missing_entity_is_404_ResourceNotFound(TableUpdateMode mode)
    {
        var failure = await Assert.ThrowsAsync<RequestFailedException>(() => _table.UpdateEntityAsync(new TableEntity("p", "r"), ETag.All, mode));
        Assert.Equal((404, "ResourceNotFound"), (failure.Status, failure.ErrorCode));
    }

    [Fact]
    public async Task An_update_without_an_ETag_is_refused_before_it_is_sent() =>
        await Assert.ThrowsAsync<ArgumentException>(() => _table.UpdateEntityAsync(new TableEntity("p", "r"), default));

    [Fact]
    public async Task An_upsert_adds_then_merges_or_replaces()
    {
        await _table.UpsertEntityAsync(new TableEntity("p", "r") { ["A"] = "x", ["B"] = "y" });
        await _table.UpsertEntityAsync(new TableEntity("p", "r") { ["A"] = "z" });
        TableEntity read = await _table.GetEntityAsync<TableEntity>("p", "r");
        Assert.Equal(("z", "y"), (read.GetString("A"), read.GetString("B")));

        var replaced = await _table.UpsertEntityAsync(new TableEntity("p", "r") { ["A"] = "w" }, TableUpdateMode.Replace);
        read = await _table.GetEntityAsync<TableEntity>("p", "r");
        Assert.Equal(("w", replaced.Headers.ETag), (read.GetString("A"), read.ETag));
        Assert.False(read.ContainsKey("B"));
    }

    [Fact]
    public async Task A_delete_removes_an_entity_and_answers_404_without_throwing_when_there_is_none()
    {
        var entity = new TableEntity("p", "r");
        await _table.AddEntityAsync(entity);
        Assert.Equal(204, (await _table.DeleteEntityAsync("p", "r")).Status);
        Assert.False((await _table.GetEntityIfExistsAsync<TableEntity>("p", "r")).HasValue);
        Assert.Equal(404, (await _table.DeleteEntityAsync(entity)).Status);
    }

    [Fact]
    public async Task A_delete_of_an_old_version_is_412_UpdateConditionNotSatisfied()
    {
        var first = await _table.AddEntityAsync(new TableEntity("p", "r"));
        await _table.UpsertEntityAsync(new TableEntity("p", "r") { ["A"] = 1 });
        var failure = await Assert.ThrowsAsync<RequestFailedException>(() => _table.DeleteEntityAsync("p", "r", first.Headers.ETag!.Value));
        Assert.Equal((412, "UpdateConditionNotSatisfied"), (failure.Status, failure.ErrorCode));
    }

    [Fact]
    public async Task Writing_to_a_missing_table_is_404_TableNotFound()
    {
        await _table.DeleteAsync();
        var failure = await Assert.ThrowsAsync<RequestFailedException>(() => _table.AddEntityAsync(new TableEntity("p", "r")));
        Assert.Equal((404, "TableNotFound"), (failure.Status, failure.ErrorCode));
    }

    [Fact]
    public async Task Entities_without_a_key_are_refused_before_they_are_sent()
    {
        await Assert.ThrowsAsync<ArgumentNullException>(() => _table.AddEntityAsync(new TableEntity()));
        await Assert.ThrowsAsync<ArgumentNullException>(() => _table.UpsertEntityAsync(new TableEntity("p", null)));
        await Assert.ThrowsAsync<ArgumentNullException>(() => _table.GetEntityAsync<TableEntity>(null, "r"));
        await Assert.ThrowsAsync<ArgumentNullException>(() => _table.DeleteEntityAsync("p", null));
        Assert.Throws<ArgumentNullException>(() => new TableTransactionAction(TableTransactionActionType.Add, new TableEntity("p", null)));
    }
}
