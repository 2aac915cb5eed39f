using Azure;
using Azure.Data.Tables;
using PaySg.Functions.Platform.Storage;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Platform.Storage;

public sealed class EntityGroupWriterTests : IAsyncLifetime
{
    private PaySgParts parts = null!;

    private TableClient Table => parts.Tables.Payments;

    public async Task InitializeAsync() => parts = await PaySgParts.StartAsync();

    public async Task DisposeAsync() => await parts.DisposeAsync();

    [Fact]
    public async Task A_write_without_conflict_is_one_round_trip_and_tells_the_main_rows_version()
    {
        var result = await SubmitAsync(new EntityGroup("w1").Insert(Row("a", 1)).Insert(Row("b", 2)));

        var committed = Assert.IsType<WriteResult.Committed>(result);
        Assert.Single(parts.Traffic.Requests);
        Assert.Equal((await Table.GetEntityAsync<TableEntity>("p", "a")).Value.ETag, committed.MainETag);
        Assert.Equal(2, (await Table.GetEntityAsync<TableEntity>("p", "b")).Value.GetInt32("n"));
    }

    [Fact]
    public async Task A_write_without_conflict_tells_the_versions_of_all_rows()
    {
        await SubmitAsync(new EntityGroup("w1").Insert(Row("gone", 1)));

        var committed = Assert.IsType<WriteResult.Committed>(
            await SubmitAsync(new EntityGroup("w2").Insert(Row("a", 1)).Delete("p", "gone").Insert(Row("b", 2))));

        Assert.Equal(3, committed.ETags.Count);
        Assert.Equal((await Table.GetEntityAsync<TableEntity>("p", "a")).Value.ETag, committed.ETags[0]);
        Assert.Equal((await Table.GetEntityAsync<TableEntity>("p", "b")).Value.ETag, committed.ETags[2]);
    }

    [Fact]
    public async Task A_row_that_exists_is_a_conflict_that_shows_it()
    {
        await SubmitAsync(new EntityGroup("w1").Insert(Row("a", 1)));

        var conflict = Assert.IsType<WriteResult.Conflict>(await SubmitAsync(new EntityGroup("w2").Insert(Row("a", 2))));

        Assert.Equal((0, 1), (conflict.FailedIndex, conflict.Main!.GetInt32("n")));
    }

    [Fact]
    public async Task A_conflict_on_a_later_row_undoes_all_and_names_the_row()
    {
        await SubmitAsync(new EntityGroup("w1").Insert(Row("b", 1)));

        var conflict = Assert.IsType<WriteResult.Conflict>(await SubmitAsync(new EntityGroup("w2").Insert(Row("a", 2)).Insert(Row("b", 2))));

        Assert.Equal((1, (TableEntity?)null), (conflict.FailedIndex, conflict.Main));
        Assert.False((await Table.GetEntityIfExistsAsync<TableEntity>("p", "a")).HasValue);
        Assert.Equal(1, (await Table.GetEntityAsync<TableEntity>("p", "b")).Value.GetInt32("n"));
    }

    [Fact]
    public async Task A_row_that_changed_since_it_was_read_is_a_conflict()
    {
        var first = Assert.IsType<WriteResult.Committed>(await SubmitAsync(new EntityGroup("w1").Insert(Row("a", 1))));
        await SubmitAsync(new EntityGroup("w2").Replace(Row("a", 2), first.MainETag));

        var conflict = Assert.IsType<WriteResult.Conflict>(await SubmitAsync(new EntityGroup("w3").Replace(Row("a", 3), first.MainETag)));

        Assert.Equal(2, conflict.Main!.GetInt32("n"));
    }

    [Fact]
    public async Task A_row_that_is_gone_is_a_conflict_without_a_row()
    {
        var conflict = Assert.IsType<WriteResult.Conflict>(await SubmitAsync(new EntityGroup("w1").Merge(Row("gone", 1))));

        Assert.Null(conflict.Main);
    }

    [Theory]
    [InlineData("insert")]
    [InlineData("replace")]
    [InlineData("merge")]
    public async Task Our_own_write_that_comes_back_as_a_conflict_counts_as_written(string kind)
    {
        var before = Assert.IsType<WriteResult.Committed>(await SubmitAsync(new EntityGroup("w1").Insert(Row("a", 1))));
        var group = kind switch
        {
            "insert" => new EntityGroup("w2").Insert(Row("b", 2)),
            "replace" => new EntityGroup("w2").Replace(Row("a", 2), before.MainETag).Insert(Row("c", 2)),
            _ => new EntityGroup("w2").Merge(Row("a", 2), before.MainETag),
        };
        LoseTheNextAnswer();

        var committed = Assert.IsType<WriteResult.Committed>(await SubmitAsync(group));

        var main = (await Table.GetEntityAsync<TableEntity>("p", group.Main.RowKey)).Value;
        Assert.Equal((2, "w2", main.ETag), (main.GetInt32("n")!.Value, main.GetString(EntityGroup.WriteIdColumn), committed.MainETag));
    }

    [Fact]
    public async Task Another_writers_row_is_not_taken_for_our_own_after_a_lost_answer()
    {
        await SubmitAsync(new EntityGroup("theirs").Insert(Row("a", 1)));
        LoseTheNextAnswer();

        var conflict = Assert.IsType<WriteResult.Conflict>(await SubmitAsync(new EntityGroup("ours").Insert(Row("a", 2))));

        Assert.Equal("theirs", conflict.Main!.GetString(EntityGroup.WriteIdColumn));
    }

    [Fact]
    public async Task A_refusal_for_another_reason_is_no_conflict()
    {
        await Assert.ThrowsAnyAsync<RequestFailedException>(() =>
            parts.Get<PaySgTables>().Payments.SubmitAsync(new EntityGroup("w1").Insert(new TableEntity("p", "a") { ["too_long"] = new string('x', 40_000) }), CancellationToken.None));
    }

    private Task<WriteResult> SubmitAsync(EntityGroup group) => Table.SubmitAsync(group, CancellationToken.None);

    private void LoseTheNextAnswer()
    {
        var lost = false;
        parts.Traffic.LosesAnswerOf = request =>
        {
            var lose = !lost && request.IsTransaction;
            lost |= lose;
            return lose;
        };
    }

    private static TableEntity Row(string key, int n) => new("p", key) { ["n"] = n };
}
