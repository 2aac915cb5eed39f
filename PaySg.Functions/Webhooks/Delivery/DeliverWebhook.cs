using System.Diagnostics;
using PaySg.Functions.Events;
using PaySg.Functions.Webhooks.Endpoints;

namespace PaySg.Functions.Webhooks.Delivery;

/// <summary>Makes one attempt of one delivery and writes down what came of it: a read, the POST, a transaction.</summary>
internal sealed class DeliverWebhook(
    PaySgTables tables,
    DeliveryStore deliveries,
    WebhookEndpointStore endpoints,
    DeliveryTurns turns,
    EndpointPlaces places,
    PostInPlace postInPlace,
    RecordAttempt record,
    DeliveryAlarm alarm,
    QueueDelay delays,
    IdGenerator ids,
    TimeProvider clock,
    WebhookMetrics metrics,
    ILogger<DeliverWebhook> log)
{
    /// <summary>Makes the attempt that the message names, unless it is out of date.</summary>
    public async Task RunAsync(DeliveryMessage message)
    {
        using var turn = await turns.TakeAsync(message.EndpointId, message.EventId);
        if (await deliveries.FindNextAsync(message) is not { } play)
        {
            Log.StaleAlarm(log, message.EventId, message.EndpointId, message.Attempt);
            return;
        }

        if (play.Delivery.NotBefore is { } due && delays.TooEarlyBy(due, clock.GetUtcNow()) is { } early)
        {
            // Not an attempt. Where the message cannot be sent, the due row stands and the sweeper finds it.
            Log.EarlyAlarm(log, message.EventId, message.EndpointId, message.Attempt, early);
            await alarm.SetAsync(message, early);
            return;
        }

        await AttemptAsync(message, play);
    }

    /// <summary>Makes the first attempt of a delivery that was written just now by whoever calls, who therefore knows what a read would find.</summary>
    /// <param name="message">The attempt.</param>
    /// <param name="play">The delivery and its row as it was written.</param>
    /// <returns>The delivery after the attempt; null: it was put back, or another process made it.</returns>
    public async Task<WebhookDelivery?> RunAsync(DeliveryMessage message, DeliveryInPlay play)
    {
        using var turn = await turns.TakeAsync(message.EndpointId, message.EventId);
        return await AttemptAsync(message, play);
    }

    private async Task<WebhookDelivery?> AttemptAsync(DeliveryMessage message, DeliveryInPlay play)
    {
        var delivery = play.Delivery;
        using var step = Tracing.Begin(log, Tracing.Delivery, ActivityKind.Consumer, message.TraceParent ?? delivery.TraceParent);
        Tracing.Tell(TraceTag.EndpointId, message.EndpointId);
        EventSubject.Tell(delivery.Event);
        var stored = await endpoints.FindForAttemptAsync(message.OwnerId, message.EndpointId, CancellationToken.None);
        var mayPost = stored?.Endpoint.Enabled == true || (stored is not null && delivery.Event.Type == EventTypes.WebhookTest);
        PostResult? post = null;
        if (mayPost)
        {
            (post, var delay) = await postInPlace.RunAsync(await places.EnterAsync(message.EndpointId), delivery, stored!.Endpoint);
            if (post is null)
            {
                await PutBackAsync(message, play.Row!, delay);
                return null;
            }
        }

        return await record.RunAsync(message, play, stored, post);
    }

    /// <summary>Not an attempt: the due row is moved on, and the message comes again. A conflict: somebody else saw to this delivery.</summary>
    private async Task PutBackAsync(DeliveryMessage message, TableEntity row, TimeSpan delay)
    {
        Log.PutBack(log, message.EndpointId, message.EventId, delay);
        metrics.PutBack();
        var group = new EntityGroup(ids.NewWriteId())
            .MoveDue(row.PartitionKey, DeliveryRows.DueKeyOf(row)!, message.Attempt, clock.NowInMilliseconds() + delay, row.ETag);
        if (await tables.Deliveries.SubmitAsync(group, CancellationToken.None) is WriteResult.Committed)
            await alarm.SetAsync(message, delay);
    }
}
