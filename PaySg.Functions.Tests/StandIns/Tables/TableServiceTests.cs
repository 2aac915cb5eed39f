using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.StandIns.Tables;

public sealed class TableServiceTests : IAsyncLifetime
{
    private TableServiceClient _service = null!;

    public async Task InitializeAsync() => _service = new TableServiceClient(await TestAzurite.NewAccountAsync());

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_table_is_created_listed_and_deleted()
    {
        Assert.Empty(await _service.QueryAsync().ToListAsync());
        var created = await _service.CreateTableAsync("payments");
        Assert.Equal("payments", created.Value.Name);
        await _service.GetTableClient("orders").CreateAsync();

        Assert.Equal(["orders", "payments"], (await _service.QueryAsync().ToListAsync()).Select(table => table.Name));
        Assert.Equal("orders", (await _service.QueryAsync("TableName eq 'orders'").SingleAsync()).Name);
        Assert.Equal("orders", (await _service.QueryAsync(TableServiceClient.CreateQueryFilter($"TableName eq {"orders"}")).SingleAsync()).Name);

        Assert.Equal(204, (await _service.DeleteTableAsync("payments")).Status);
        Assert.Equal(["orders"], (await _service.QueryAsync().ToListAsync()).Select(table => table.Name));
    }

    [Fact]
    public async Task Tables_are_listed_in_pages()
    {
        foreach (var name in new[] { "aaa", "bbb", "ccc" })
            await _service.CreateTableAsync(name);
        var pages = await _service.QueryAsync(maxPerPage: 2).AsPages().ToListAsync();
        Assert.Equal([2, 1], pages.Select(page => page.Values.Count));
    }

    [Fact]
    public async Task Creating_an_existing_table_is_409_TableAlreadyExists_unless_it_may_exist()
    {
        var client = _service.GetTableClient("payments");
        Assert.Equal(204, (await client.CreateIfNotExistsAsync()).GetRawResponse().Status);

        foreach (var create in new Func<Task>[] { () => client.CreateAsync(), () => _service.CreateTableAsync("payments") })
        {
            var failure = await Assert.ThrowsAsync<RequestFailedException>(create);
            Assert.Equal((409, "TableAlreadyExists"), (failure.Status, failure.ErrorCode));
            Assert.True(failure.ErrorCode == TableErrorCode.TableAlreadyExists);
        }

        foreach (var again in new[] { await client.CreateIfNotExistsAsync(), await _service.CreateTableIfNotExistsAsync("payments") })
        {
            Assert.Equal((409, false), (again.GetRawResponse().Status, again.GetRawResponse().IsError));
            Assert.Equal("payments", again.Value.Name);
        }
    }

    [Fact]
    public async Task A_name_that_is_not_allowed_is_refused() =>
        Assert.Equal(400, (await Assert.ThrowsAsync<RequestFailedException>(() => _service.CreateTableIfNotExistsAsync("no-dashes"))).Status);

    [Fact]
    public async Task Deleting_a_missing_table_answers_404_without_throwing()
    {
        Assert.Equal(404, (await _service.DeleteTableAsync("payments")).Status);
        Assert.Equal(404, (await _service.GetTableClient("payments").DeleteAsync()).Status);
    }

    [Fact]
    public void Clients_know_their_names_and_addresses()
    {
        var table = _service.GetTableClient("payments");
        Assert.Equal("payments", table.Name);
        Assert.Equal(_service.AccountName, table.AccountName);
        Assert.StartsWith("test", table.AccountName, StringComparison.Ordinal);
        Assert.EndsWith($"/{table.AccountName}/payments", table.Uri.AbsolutePath, StringComparison.Ordinal);
    }
}
