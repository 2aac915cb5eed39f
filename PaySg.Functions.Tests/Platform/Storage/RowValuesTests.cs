using Azure.Data.Tables;
using PaySg.Functions.Platform.Storage;

namespace PaySg.Functions.Tests.Platform.Storage;

public sealed class RowValuesTests
{
    public static TheoryData<string, object> Refused => new()
    {
        { "Decimal", 1.5m },
        { "Single", 2.5f },
        { "Double", 2.5 },
        { "TimeSpan", TimeSpan.FromSeconds(1) },
        { "UInt64", ulong.MaxValue },
        { "UInt32", 1u },
        { "DateTime", new DateTime(2026, 1, 15) },
        { "DateTime", new DateTime(2026, 1, 15, 0, 0, 0, DateTimeKind.Utc) },
        { "DateOnly", new DateOnly(2026, 1, 15) },
        { "Int16", (short)1 },
        { "DayOfWeek", DayOfWeek.Friday },
        { "Guid", Guid.Empty },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task What_would_not_come_back_as_it_is_is_not_written(string type, object value)
    {
        var row = new TableEntity("p", "r") { ["a"] = 1L, ["price"] = value };

        var alone = await Assert.ThrowsAsync<InvalidOperationException>(() => new TableClient("UseDevelopmentStorage=true", "t").PutAsync(row, CancellationToken.None));
        var inGroup = Assert.Throws<InvalidOperationException>(() => new EntityGroup("w").Insert(new TableEntity("p", "main")).Upsert(row));

        Assert.StartsWith($"Column price holds a {type}, which", alone.Message, StringComparison.Ordinal);
        Assert.Equal(alone.Message, inGroup.Message);
    }

    [Fact]
    public void What_does_is()
    {
        RowValues.Check(new TableEntity("p", "r")
        {
            ["text"] = "t",
            ["bytes"] = new byte[] { 1 },
            ["flag"] = true,
            ["number"] = 1,
            ["money"] = 1L,
            ["time"] = DateTimeOffset.UnixEpoch,
            ["none"] = null,
        });
    }
}
