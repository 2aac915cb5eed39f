using Azure;
using Azure.Data.Tables;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.StandIns.Tables;

public sealed class PropertyTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Instant = new(2026, 2, 28, 23, 59, 59, 123, 456, TimeSpan.FromHours(8));

    private TableClient _table = null!;

    public static TheoryData<object> Values =>
    [
        "text", "", "é 漢字 😀 \u2028 \" \\ / \r\n \t <&>+'%27", true, false,
        0, int.MinValue, int.MaxValue, 0L, long.MinValue, long.MaxValue,
        0.0, 5.0, -1.25, 0.1, 1e300, -1e-300, 12345678901234567890.0, double.NaN, double.PositiveInfinity, double.NegativeInfinity,
        Guid.Parse("0f8fad5b-d9cb-469f-a165-70867728950e"), Instant, DateTimeOffset.UnixEpoch,
    ];

    public async Task InitializeAsync()
    {
        _table = new TableClient(await TestAzurite.NewAccountAsync(), "payments");
        await _table.CreateAsync();
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Theory]
    [MemberData(nameof(Values))]
    public async Task A_value_comes_back_with_its_type(object value)
    {
        Assert.Equal(value, (await RoundTripAsync(value))["Value"]);
        var transaction = new TableTransactionAction(TableTransactionActionType.UpsertReplace, new TableEntity("p", "t") { ["Value"] = value });
        await _table.SubmitTransactionAsync([transaction]);
        Assert.Equal(value, (await _table.QueryAsync<TableEntity>("RowKey eq 't'").SingleAsync())["Value"]);
    }

    [Fact]
    public async Task Typed_getters_read_what_was_written()
    {
        var bytes = new byte[] { 0, 1, 254, 255 };
        await _table.AddEntityAsync(new TableEntity("p", "r")
        {
            ["String"] = "x",
            ["Int32"] = 1,
            ["Int64"] = 2L,
            ["Boolean"] = true,
            ["Double"] = 2.5,
            ["DateTimeOffset"] = Instant,
            ["DateTime"] = Instant.UtcDateTime,
            ["Guid"] = Guid.Empty,
            ["Binary"] = bytes,
            ["BinaryData"] = new BinaryData(bytes),
        });
        TableEntity read = await _table.GetEntityAsync<TableEntity>("p", "r");

        Assert.Equal("x", read.GetString("String"));
        Assert.Equal(1, read.GetInt32("Int32"));
        Assert.Equal(2L, read.GetInt64("Int64"));
        Assert.True(read.GetBoolean("Boolean"));
        Assert.Equal(2.5, read.GetDouble("Double"));
        Assert.Equal(Instant, read.GetDateTimeOffset("DateTimeOffset"));
        Assert.Equal(Instant.UtcDateTime, read.GetDateTime("DateTime"));
        Assert.Equal(DateTimeKind.Utc, read.GetDateTime("DateTime")!.Value.Kind);
        Assert.Equal(Guid.Empty, read.GetGuid("Guid"));
        Assert.Equal(bytes, read.GetBinary("Binary"));
        Assert.Equal(bytes, read.GetBinaryData("BinaryData").ToArray());
    }

    [Fact]
    public async Task Empty_binary_data_comes_back() =>
        Assert.Empty((await RoundTripAsync(Array.Empty<byte>())).GetBinary("Value"));

    [Fact]
    public async Task Null_is_not_stored() =>
        Assert.False((await RoundTripAsync(null)).ContainsKey("Value"));

    [Fact]
    public async Task An_entity_that_was_read_can_be_written_back()
    {
        var read = await RoundTripAsync(Instant);
        read["Other"] = 1L;
        await _table.UpdateEntityAsync(read, read.ETag, TableUpdateMode.Replace);
        TableEntity again = await _table.GetEntityAsync<TableEntity>("p", "r");
        Assert.Equal((Instant, 1L), (again.GetDateTimeOffset("Value")!.Value, again.GetInt64("Other")!.Value));
        Assert.NotEqual(read.ETag, again.ETag);
    }

    [Fact]
    public async Task Values_that_a_table_cannot_hold_are_refused_before_they_are_sent()
    {
        await Assert.ThrowsAsync<NotSupportedException>(() => RoundTripAsync(DayOfWeek.Monday));
        await Assert.ThrowsAsync<NotSupportedException>(() => RoundTripAsync(new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Local)));
    }

    [Fact]
    public async Task A_property_over_64_KiB_is_400_PropertyValueTooLarge()
    {
        var failure = await Assert.ThrowsAsync<RequestFailedException>(() => RoundTripAsync(new string('x', 33 * 1024)));
        Assert.Equal((400, "PropertyValueTooLarge"), (failure.Status, failure.ErrorCode));
    }

    [Fact]
    public async Task An_entity_over_1_MiB_is_400_EntityTooLarge()
    {
        var entity = new TableEntity("p", "r");
        for (var i = 0; i < 40; i++)
            entity[$"Value{i}"] = new string('x', 30 * 1024);
        var failure = await Assert.ThrowsAsync<RequestFailedException>(() => _table.UpsertEntityAsync(entity, TableUpdateMode.Replace));
        Assert.Equal((400, "EntityTooLarge"), (failure.Status, failure.ErrorCode));
    }

    private async Task<TableEntity> RoundTripAsync(object? value)
    {
        await _table.UpsertEntityAsync(new TableEntity("p", "r") { ["Value"] = value }, TableUpdateMode.Replace);
        return await _table.GetEntityAsync<TableEntity>("p", "r");
    }
}
