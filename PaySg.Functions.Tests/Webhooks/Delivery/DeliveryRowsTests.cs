using Azure;
using Azure.Data.Tables;
using PaySg.Functions.Events;
using PaySg.Functions.Platform.Storage;
using PaySg.Functions.Tests.Fixtures;
using PaySg.Functions.Webhooks.Delivery;

namespace PaySg.Functions.Tests.Webhooks.Delivery;

public sealed class DeliveryRowsTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 15, 1, 30, 0, 5, TimeSpan.Zero);

    [Fact]
    public void A_delivery_is_read_from_its_row_as_it_was_written()
    {
        var delivery = New().Record(new PostResult(Now, TimeSpan.FromMilliseconds(12), 500, "größer 😀 \"x\"", null, null), null, Now, FixedRandom.Middle);

        var read = DeliveryRows.Read(DeliveryRows.WriteNew(delivery));

        Assert.Equal(delivery.Attempts, read.Attempts);
        Assert.Equal(delivery.Event.Body.ToArray(), read.Event.Body.ToArray());
        Assert.Equal(delivery, read with { Attempts = delivery.Attempts, Event = read.Event with { Body = delivery.Event.Body } } with { Event = delivery.Event });
        Assert.Equal(delivery.Event with { Body = default }, read.Event with { Body = default });
    }

    [Fact]
    public void Attempts_that_become_shorter_leave_nothing_behind_and_the_longest_fit_the_columns_of_a_list()
    {
        var delivery = New();
        var row = DeliveryRows.WriteNew(delivery);
        for (var attempt = 0; attempt < 60; attempt++)
        {
            var excerpt = attempt < 30 ? new string('\u0001', 1024) : "short";
            delivery = delivery.Resend(Now).Record(new PostResult(Now, TimeSpan.Zero, 500, excerpt, null, null), Now, Now, FixedRandom.Middle);
            var change = DeliveryRows.WriteChange(delivery);
            foreach (var column in change.Keys)
                row[column] = change[column];

            Assert.Equal(delivery.Attempts, DeliveryRows.Read(row).Attempts);
            Assert.All(row.Keys.Where(column => column.StartsWith("attempts", StringComparison.Ordinal)), column => Assert.Contains(column, DeliveryRows.WithoutBody));
        }
    }

    [Fact]
    public void A_change_leaves_the_events_bytes_where_they_are_and_names_the_due_row()
    {
        var delivery = New().Record(new PostResult(Now, TimeSpan.Zero, 500, null, null, null), null, Now, FixedRandom.Middle);

        var change = DeliveryRows.WriteChange(delivery);

        Assert.False(change.ContainsKey("body0"));
        Assert.Equal(DeliveryRows.WriteDue(delivery, delivery.NextAttemptAt!.Value).RowKey, DeliveryRows.DueKeyOf(change));
    }

    [Fact]
    public void A_final_delivery_has_no_due_row()
    {
        var change = DeliveryRows.WriteChange(New().GiveUp());

        Assert.Null(DeliveryRows.DueKeyOf(change));
        Assert.Equal("", change.GetString("scheduled_at"));
    }

    [Fact]
    public void A_due_row_names_the_next_attempt_and_keeps_it_when_it_is_moved()
    {
        var due = DeliveryRows.WriteDue(New() with { AttemptCount = 3 }, Now);
        var group = new EntityGroup("w").MoveDue("ps_1", due.PartitionKey, due.RowKey, DeliveryRows.AttemptOf(due), Now.AddMinutes(5), ETag.All);
        var (delivery, moved, gone) = ((TableEntity)group.Actions[0].Entity, (TableEntity)group.Actions[1].Entity, group.Actions[2]);

        Assert.Equal((New().Event.Id, 4), (DeliveryRows.EventIdOf(due.RowKey), DeliveryRows.AttemptOf(due)));
        Assert.Equal((New().Event.Id, 4), (DeliveryRows.EventIdOf(moved.RowKey), DeliveryRows.AttemptOf(moved)));
        Assert.True(string.CompareOrdinal(due.RowKey, moved.RowKey) < 0);
        Assert.Equal((DeliveryRows.Key(New().Event.Id), moved.RowKey), (delivery.RowKey, DeliveryRows.DueKeyOf(delivery)));
        Assert.Equal((TableTransactionActionType.Delete, due.RowKey), (gone.ActionType, gone.Entity.RowKey));
    }

    private static WebhookDelivery New() => WebhookDelivery.Of(
        new WebhookEvent("evt_01234567-89ab-7def-8123-456789abcdef", "payment.succeeded", "payment_service_1", Now, new byte[70_000]), "we_1", Now);
}
