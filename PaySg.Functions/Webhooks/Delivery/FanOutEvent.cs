using Azure;
using PaySg.Functions.Events;
using PaySg.Functions.Platform.Outbox;
using PaySg.Functions.Webhooks.Endpoints;

namespace PaySg.Functions.Webhooks.Delivery;

/// <summary>
/// Gives an event to each endpoint that subscribes to it: a delivery row with its due row, then a message; last the outbox row goes. A
/// disabled endpoint gets a delivery that is skipped, which a recovery can send later.
/// Each step may be done twice, so a process may die anywhere in between.
/// </summary>
internal sealed class FanOutEvent(
    PaySgTables tables,
    WebhookEndpointStore endpoints,
    DeliveryAlarm alarm,
    IdGenerator ids,
    TimeProvider clock,
    WebhookMetrics metrics,
    ILogger<FanOutEvent> log) : IOutboxWork
{
    private const int InParallel = 8;

    public string Kind => OutboxKind.Event;

    /// <summary>Works on an outbox row of the kind <see cref="OutboxKind.Event"/>. Where it is gone the work is done.</summary>
    public async Task RunAsync(OutboxRow work)
    {
        var events = tables.OfOwner(work.OwnerId);
        var outboxRead = events.GetEntityIfExistsAsync<TableEntity>(work.OwnerId, work.RowKey);
        var eventRead = events.GetEntityIfExistsAsync<TableEntity>(work.OwnerId, EventRows.Key(work.Subject));
        var endpointsRead = endpoints.ListAllAsync(work.OwnerId, CancellationToken.None);
        await Task.WhenAll(outboxRead, eventRead, endpointsRead);
        var outboxRow = await outboxRead;
        if (!outboxRow.HasValue)
            return;

        var eventRow = await eventRead;
        if (eventRow.HasValue)
        {
            var webhookEvent = EventRows.Read(eventRow.Value!);
            EventSubject.Tell(webhookEvent);
            var traceParent = outboxRow.Value!.GetString(Tracing.TraceParent);
            var excluded = WebhookEndpointEvents.SubjectOf(webhookEvent);
            var subscribed = (await endpointsRead).Where(endpoint => endpoint.Id != excluded && endpoint.SubscribesTo(webhookEvent.Type));
            await Parallel.ForEachAsync(
                subscribed,
                new ParallelOptions { MaxDegreeOfParallelism = InParallel },
                async (endpoint, _) => await StartAsync(webhookEvent, endpoint, traceParent));
        }
        else
        {
            Log.OutboxEventMissing(log, work.OwnerId, work.RowKey);
        }

        await events.DeleteEntityAsync(work.OwnerId, work.RowKey, ETag.All);
    }

    private async Task StartAsync(WebhookEvent webhookEvent, WebhookEndpoint endpoint, string? traceParent)
    {
        var delivery = endpoint.Enabled
            ? WebhookDelivery.Of(webhookEvent, endpoint.Id, clock.NowInMilliseconds())
            : WebhookDelivery.SkippedOf(webhookEvent, endpoint.Id);
        // A conflict: an earlier run got this far. Its message may not have been sent, and a message too many does nothing.
        var group = new EntityGroup(ids.NewWriteId()).InsertNew(delivery with { TraceParent = traceParent });
        var result = await tables.Deliveries.SubmitAsync(group, CancellationToken.None);
        if (!endpoint.Enabled && result is WriteResult.Committed)
        {
            metrics.Ended(DeliveryJson.NameOf(delivery.State));
        }
        else if (endpoint.Enabled)
        {
            await alarm.SetAsync(new DeliveryMessage(endpoint.OwnerId, endpoint.Id, webhookEvent.Id, Attempt: 1, traceParent), TimeSpan.Zero);
        }
    }
}
