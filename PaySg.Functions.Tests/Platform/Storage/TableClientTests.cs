using Azure;
using Azure.Data.Tables;
using PaySg.Functions.Platform.Storage;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Platform.Storage;

/// <summary>What the product relies on in Azure's own client, on the emulator.</summary>
public sealed class TableClientTests : IAsyncLifetime
{
    private TableClient table = null!;

    public async Task InitializeAsync()
    {
        table = new TableClient(await TestAzurite.NewAccountAsync(), "payments");
        await table.CreateAsync();
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_row_that_is_there_is_409_EntityAlreadyExists()
    {
        await table.AddEntityAsync(new TableEntity("p", "r"));

        Assert.Equal((409, "EntityAlreadyExists"), await RefusalOfAsync(table.AddEntityAsync(new TableEntity("p", "r"))));
    }

    [Fact]
    public async Task An_old_version_is_412_UpdateConditionNotSatisfied()
    {
        var first = (await table.AddEntityAsync(new TableEntity("p", "r"))).Headers.ETag!.Value;
        await table.UpsertEntityAsync(new TableEntity("p", "r") { ["n"] = 1 });

        Assert.Equal((412, "UpdateConditionNotSatisfied"), await RefusalOfAsync(table.UpdateEntityAsync(new TableEntity("p", "r"), first, TableUpdateMode.Replace)));
        Assert.Equal((412, "UpdateConditionNotSatisfied"), await RefusalOfAsync(table.DeleteEntityAsync("p", "r", first)));
    }

    [Fact]
    public async Task A_missing_row_is_404_ResourceNotFound_and_no_value_where_it_may_be_missing()
    {
        Assert.Equal((404, "ResourceNotFound"), await RefusalOfAsync(table.GetEntityAsync<TableEntity>("p", "r")));
        Assert.False((await table.GetEntityIfExistsAsync<TableEntity>("p", "r")).HasValue);
    }

    [Fact]
    public async Task The_delete_of_a_missing_row_throws_nothing_and_answers_404()
    {
        var answer = await table.DeleteEntityAsync("p", "r", ETag.All);

        Assert.Equal(404, answer.Status);
    }

    [Fact]
    public async Task A_missing_table_is_404_TableNotFound_but_no_value_where_a_row_may_be_missing()
    {
        await table.DeleteAsync();

        Assert.Equal((404, "TableNotFound"), await RefusalOfAsync(table.AddEntityAsync(new TableEntity("p", "r"))));
        Assert.Equal((404, "TableNotFound"), await RefusalOfAsync(RowsAsync("PartitionKey eq 'p'")));
        Assert.False((await table.GetEntityIfExistsAsync<TableEntity>("p", "r")).HasValue);
    }

    [Theory]
    [InlineData("Payments", "payments", false)]
    [InlineData("Payments", "PAYMENTS", false)]
    [InlineData("Payments", "Payments", true)]
    [InlineData("payments", "PAYMENTS", true)]
    public async Task A_table_is_made_once_whatever_the_case_of_its_name_and_one_with_capitals_is_found_in_its_own_case_only(string made, string asked, bool isFound)
    {
        var account = new TableServiceClient(await TestAzurite.NewAccountAsync());
        await account.GetTableClient(made).CreateAsync();
        await account.GetTableClient(made).AddEntityAsync(new TableEntity("p", "r"));

        Assert.Equal((409, "TableAlreadyExists"), await RefusalOfAsync(account.GetTableClient(asked).CreateAsync()));
        Assert.Equal(isFound, (await account.GetTableClient(asked).GetEntityIfExistsAsync<TableEntity>("p", "r")).HasValue);
        if (!isFound)
            Assert.Equal((404, "TableNotFound"), await RefusalOfAsync(account.GetTableClient(asked).AddEntityAsync(new TableEntity("p", "s"))));
    }

    [Fact]
    public async Task A_query_goes_on_by_itself_from_page_to_page_and_a_token_survives_changes()
    {
        await table.SubmitTransactionAsync(Enumerable.Range(0, 7).Select(n => new TableTransactionAction(TableTransactionActionType.Add, new TableEntity("p", $"{n}"))));

        Assert.Equal(["0", "1", "2", "3", "4", "5", "6"], await RowsAsync("PartitionKey eq 'p'", perPage: 3));

        var page = await table.QueryAsync<TableEntity>("PartitionKey eq 'p'", maxPerPage: 3).AsPages().FirstAsync();
        Assert.Equal(3, page.Values.Count);
        await table.DeleteEntityAsync("p", "3", ETag.All);
        await table.AddEntityAsync(new TableEntity("p", "35"));
        var next = await table.QueryAsync<TableEntity>("PartitionKey eq 'p'", maxPerPage: 3).AsPages(page.ContinuationToken).FirstAsync();
        Assert.Equal(["35", "4", "5"], next.Values.Select(row => row.RowKey));
    }

    [Fact]
    public async Task A_merge_sends_no_nulls_and_keeps_what_it_does_not_name()
    {
        await table.AddEntityAsync(new TableEntity("p", "r") { ["a"] = "x", ["b"] = "y", ["c"] = "z" });

        await table.UpdateEntityAsync(new TableEntity("p", "r") { ["a"] = "new", ["b"] = null }, ETag.All, TableUpdateMode.Merge);

        var row = (await table.GetEntityAsync<TableEntity>("p", "r")).Value;
        Assert.Equal(("new", "y", "z"), (row.GetString("a"), row.GetString("b"), row.GetString("c")));
    }

    [Theory]
    [InlineData("n eq 5", 0)]
    [InlineData("n eq 5L", 1)]
    [InlineData("n lt 10", 1)]
    public async Task A_long_column_is_compared_with_a_long(string condition, int found)
    {
        await table.AddEntityAsync(new TableEntity("p", "r") { ["n"] = 5L });

        Assert.Equal(found, (await RowsAsync($"PartitionKey eq 'p' and {condition}")).Count);
        Assert.Equal("n eq 5L", TableClient.CreateQueryFilter($"n eq {5L}"));
    }

    private async Task<List<string>> RowsAsync(string filter, int? perPage = null)
    {
        var keys = new List<string>();
        await foreach (var row in table.QueryAsync<TableEntity>(filter, perPage))
            keys.Add(row.RowKey);
        return keys;
    }

    private static async Task<(int Status, string? Code)> RefusalOfAsync(Task call)
    {
        var refusal = await Assert.ThrowsAnyAsync<RequestFailedException>(() => call);
        return (refusal.Status, refusal.ErrorCode);
    }
}
