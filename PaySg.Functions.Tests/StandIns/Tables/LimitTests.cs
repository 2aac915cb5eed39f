using Azure;
using Azure.Data.Tables;

namespace PaySg.Functions.Tests.StandIns.Tables;

/// <summary>What the stand-in leaves out. The official package has it: these tests are about the stand-in alone.</summary>
public sealed class LimitTests
{
    private readonly TableClient _table = new("UseDevelopmentStorage=true", "payments");

    [Fact]
    public async Task Entity_classes_other_than_TableEntity_are_refused_with_a_clear_error()
    {
        await AssertRefusedAsync(() => _table.GetEntityAsync<Custom>("p", "r"));
        await AssertRefusedAsync(() => _table.GetEntityIfExistsAsync<Custom>("p", "r"));
        await AssertRefusedAsync(() => _table.AddEntityAsync(new Custom()));
        await AssertRefusedAsync(() => _table.UpsertEntityAsync(new Custom()));
        await AssertRefusedAsync(() => _table.UpdateEntityAsync(new Custom(), ETag.All));
        await AssertRefusedAsync(() => _table.SubmitTransactionAsync([new(TableTransactionActionType.Add, new Custom())]));
        Assert.Throws<NotSupportedException>(() => _table.QueryAsync<Custom>());
    }

    private static async Task AssertRefusedAsync(Func<Task> call) =>
        Assert.Contains("Only TableEntity is supported", (await Assert.ThrowsAsync<NotSupportedException>(call)).Message, StringComparison.Ordinal);

    private sealed class Custom : ITableEntity
    {
        public string PartitionKey { get; set; } = "p";

        public string RowKey { get; set; } = "r";

        public DateTimeOffset? Timestamp { get; set; }

        public ETag ETag { get; set; }
    }
}
