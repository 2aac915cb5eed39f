using Azure;
using Azure.Data.Tables;
using Moq;

namespace PaySg.Functions.Tests.StandIns.Tables;

public sealed class TableEntityTests
{
    [Fact]
    public void Keys_timestamp_and_ETag_are_properties_too()
    {
        var entity = new TableEntity("p", "r") { ETag = new ETag("W/\"1\""), Timestamp = DateTimeOffset.UnixEpoch, ["A"] = 1 };
        Assert.Equal(5, entity.Count);
        Assert.Equal("p", entity["PartitionKey"]);
        Assert.Equal("r", entity["RowKey"]);
        Assert.Equal("W/\"1\"", entity["odata.etag"]);
        Assert.Equal(DateTimeOffset.UnixEpoch, entity["Timestamp"]);
        Assert.Equal(["A", "PartitionKey", "RowKey", "Timestamp", "odata.etag"], entity.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(5, ((IDictionary<string, object>)entity).Values.Count);
        Assert.Contains(new KeyValuePair<string, object>("A", 1), (IDictionary<string, object>)entity);
    }

    [Fact]
    public void What_is_not_there_is_null()
    {
        var entity = new TableEntity { ["Null"] = null };
        foreach (var name in new[] { "Null", "Missing" })
        {
            Assert.Null(entity[name]);
            Assert.Null(entity.GetString(name));
            Assert.Null(entity.GetInt32(name));
            Assert.Null(entity.GetInt64(name));
            Assert.Null(entity.GetBoolean(name));
            Assert.Null(entity.GetDouble(name));
            Assert.Null(entity.GetDateTimeOffset(name));
            Assert.Null(entity.GetDateTime(name));
            Assert.Null(entity.GetGuid(name));
            Assert.Null(entity.GetBinary(name));
            Assert.Null(entity.GetBinaryData(name));
        }

        Assert.Null(entity.PartitionKey);
        Assert.Null(entity.Timestamp);
        Assert.True(entity.ContainsKey("Null"));
        Assert.False(entity.TryGetValue("Missing", out _));
    }

    [Fact]
    public void A_getter_of_another_type_is_refused()
    {
        var entity = new TableEntity { ["Int32"] = 1, ["String"] = "x" };
        Assert.Throws<InvalidOperationException>(() => entity.GetInt64("Int32"));
        Assert.Throws<InvalidOperationException>(() => entity.GetString("Int32"));
        Assert.Throws<InvalidOperationException>(() => entity.GetGuid("String"));
        Assert.Throws<InvalidOperationException>(() => entity.GetBinary("String"));
    }

    [Fact]
    public void A_number_keeps_the_wider_type_that_it_had()
    {
        var entity = new TableEntity { ["Int64"] = 1L, ["Double"] = 1.5, ["Int32"] = 1 };
        entity["Int64"] = 2;
        entity["Double"] = 2;
        entity["Int32"] = 2L;
        Assert.Equal((2L, 2.0, 2L), (entity["Int64"], entity["Double"], entity["Int32"]));
    }

    [Fact]
    public void Values_can_be_given_removed_and_cleared()
    {
        var values = new Dictionary<string, object> { ["PartitionKey"] = "p", ["A"] = 1 };
        var entity = new TableEntity(values);
        entity.Add("B", 2);
        Assert.Equal(3, entity.Count);
        Assert.Equal(2, values.Count);
        Assert.True(entity.Remove("A"));
        Assert.False(entity.Remove("A"));
        entity.Clear();
        Assert.Empty(entity);
    }

    [Fact]
    public async Task Clients_can_be_mocked()
    {
        var entity = new TableEntity("p", "r");
        var table = new Mock<TableClient>();
        table.Setup(client => client.GetEntityAsync<TableEntity>("p", "r", null, default))
            .ReturnsAsync(Response.FromValue(entity, Mock.Of<Response>()));
        var service = new Mock<TableServiceClient>();
        service.Setup(client => client.GetTableClient("payments")).Returns(table.Object);

        Assert.Same(entity, (await service.Object.GetTableClient("payments").GetEntityAsync<TableEntity>("p", "r")).Value);
    }
}
