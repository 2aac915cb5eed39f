using Azure.Data.Tables;
using PaySg.Functions.Events;
using PaySg.Functions.Platform.Storage;
using PaySg.Functions.Tests.Fixtures;
using PaySg.Functions.Webhooks.Delivery;

namespace PaySg.Functions.Tests.Webhooks.Delivery;

/// <summary>A delivery's row grows by merges, which the emulator does not measure: here it is, by Azure's formula.</summary>
public sealed class DeliveryRowSizeTests
{
    // The largest request is 64 KiB; an event of it is asserted to be smaller than this where the largest payment is made.
    private const int LargestEvent = 256 * 1024;
    private static readonly DateTimeOffset Now = new(2026, 1, 15, 1, 30, 0, TimeSpan.Zero);

    [Theory]
    [InlineData('\u0001')]
    [InlineData('\uFFFD')]
    [InlineData('"')]
    public async Task The_largest_event_with_as_many_attempts_as_are_remembered_and_the_longest_answers_is_half_of_what_a_row_may_hold(char answer)
    {
        await using var parts = await PaySgParts.StartAsync();
        var webhookEvent = new WebhookEvent("evt_01234567-89ab-7def-8123-456789abcdef", "payment.succeeded", "payment_service_1", Now, new byte[LargestEvent]);
        var post = new PostResult(Now, TimeSpan.FromSeconds(10), 500, new string(answer, PostEvent.ExcerptLength), new string('x', 500), null);
        var delivery = WebhookDelivery.Of(webhookEvent, "endpoint", Now) with { RecoveryId = new string('r', 40), TraceParent = new string('t', 55) };
        await parts.Tables.Deliveries.SubmitAsync(new EntityGroup("w").InsertNew(delivery), CancellationToken.None);
        var sizes = new List<int>();

        for (var attempt = 1; attempt <= 2 * WebhookDelivery.RememberedAttempts; attempt++)
        {
            var row = (await parts.Tables.Deliveries.GetEntityAsync<TableEntity>("endpoint", DeliveryRows.Key(webhookEvent.Id))).Value;
            delivery = DeliveryRows.Read(row).Resend(Now.AddSeconds(attempt));
            delivery = delivery.Record(post, delivery.ResendAt, Now.AddSeconds(attempt), FixedRandom.Middle);
            Assert.IsType<WriteResult.Committed>(await parts.Tables.Deliveries.SubmitAsync(new EntityGroup("w").MergeChange(delivery, row), CancellationToken.None));
            sizes.Add(parts.Traffic.Rows.Largest);
        }

        Assert.InRange(sizes[^1], LargestEvent, RowLedger.LargestRow / 2);
        Assert.InRange(sizes[^1] - sizes[WebhookDelivery.RememberedAttempts], 0, 1024);
    }
}
