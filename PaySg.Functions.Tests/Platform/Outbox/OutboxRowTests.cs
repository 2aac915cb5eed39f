using PaySg.Functions.Platform.Outbox;

namespace PaySg.Functions.Tests.Platform.Outbox;

public sealed class OutboxRowTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeMilliseconds(1_768_440_600_005);

    [Fact]
    public void A_row_key_holds_time_kind_and_subject()
    {
        var row = new OutboxRow("payment_service_1", Now, OutboxKind.Event, "evt_1");

        Assert.Equal("o:01768440600005:event:evt_1", row.RowKey);
        Assert.Equal(("payment_service_1", row.RowKey), (row.ToEntity().PartitionKey, row.ToEntity().RowKey));
    }

    [Theory]
    [InlineData(OutboxKind.Event, "evt_1")]
    [InlineData(OutboxKind.Charge, "-abcdefcode0123456789.att_1")]
    [InlineData("of-a-later-release", "a:b:c")]
    public void A_row_key_is_read_as_it_was_written(string kind, string subject)
    {
        var row = new OutboxRow("payment_service_1", Now, kind, subject);

        Assert.Equal(row, OutboxRow.Parse("payment_service_1", row.RowKey));
    }

    [Fact]
    public void Older_rows_sort_first()
    {
        var older = new OutboxRow("p", Now, "event", "z").RowKey;
        var newer = new OutboxRow("p", Now.AddMilliseconds(1), "charge", "a").RowKey;

        Assert.True(string.CompareOrdinal(older, newer) < 0);
    }

    [Theory]
    [InlineData("")]
    [InlineData("o:")]
    [InlineData("o:01768440600005:event")]
    [InlineData("o:soon:event:evt_1")]
    [InlineData("p:01768440600005:event:evt_1")]
    [InlineData("o:1768440600005:event:evt_1")]
    [InlineData("o: 1768440600005:event:evt_1")]
    [InlineData("o:-1768440600005:event:evt_1")]
    [InlineData("o:9223372036854775807:event:evt_1")]
    [InlineData("k:0123456789abcdef")]
    public void Another_row_key_is_not_one_of_the_outbox(string rowKey)
    {
        Assert.Null(OutboxRow.Parse("payment_service_1", rowKey));
    }
}
