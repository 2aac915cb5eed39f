using System.Diagnostics;
using PaySg.Functions.Events;
using PaySg.Functions.Webhooks.Endpoints;

namespace PaySg.Functions.Webhooks.Delivery;

/// <summary>Makes one attempt of one delivery and writes down what came of it: a read, the POST, a transaction.</summary>
internal sealed class DeliverWebhook(
    PaySgTables tables,
    WebhookEndpointStore endpoints,
    DeliveryTurns turns,
    EndpointPlaces places,
    HostLimits hosts,
    EndpointHealth health,
    PostEvent postEvent,
    DeliveryAlarm alarm,
    QueueDelay delays,
    HotRowRetry hotRow,
    IdGenerator ids,
    IRandomSource random,
    TimeProvider clock,
    WebhookMetrics metrics,
    ILogger<DeliverWebhook> log)
{
    /// <summary>Makes the attempt that the message names, unless it is out of date.</summary>
    public async Task RunAsync(DeliveryMessage message)
    {
        using var turn = await turns.TakeAsync(message.EndpointId, message.EventId);
        if (await ReadNextAsync(message) is not { } row)
        {
            Log.StaleAlarm(log, message.EventId, message.EndpointId, message.Attempt);
            return;
        }

        var delivery = DeliveryRows.Read(row);
        if (delivery.NotBefore is { } due && delays.TooEarlyBy(due, clock.GetUtcNow()) is { } early)
        {
            // Not an attempt. Where the message cannot be sent, the due row stands and the sweeper finds it.
            Log.EarlyAlarm(log, message.EventId, message.EndpointId, message.Attempt, early);
            await alarm.SetAsync(message, early);
            return;
        }

        using var step = Tracing.Begin(log, Tracing.Delivery, ActivityKind.Consumer, message.TraceParent ?? delivery.TraceParent);
        Tracing.Tell(TraceTag.EndpointId, message.EndpointId);
        EventSubject.Tell(delivery.Event);
        var stored = await endpoints.FindForAttemptAsync(message.OwnerId, message.EndpointId, CancellationToken.None);
        var mayPost = stored?.Endpoint.Enabled == true || (stored is not null && delivery.Event.Type == EventTypes.WebhookTest);
        PostResult? post = null;
        if (mayPost)
        {
            (post, var delay) = await PostAsync(delivery, stored!.Endpoint);
            if (post is null)
            {
                await PutBackAsync(message, row, delay);
                return;
            }
        }

        var recorded = await RecordAsync(
            message,
            row,
            post is not null ? (before, now) => before.Record(post, askedForAt: delivery.ResendAt, now, random)
            : stored is null ? static (before, _) => before.GiveUp()
            : static (before, _) => before.Skip());
        if (recorded is null)
            return;

        Tell(message, recorded, post);
        if (recorded.NextAttemptAt is { } next)
            await alarm.SetAsync(message with { Attempt = recorded.AttemptCount + 1 }, next - clock.GetUtcNow());

        if (post is not null)
            await health.NoteAsync(stored!, recorded, post);
    }

    /// <summary>
    /// Posts the event in one of the endpoint's places and with leave to ask its host, which are held for the receiver's time and not for storage's. Null:
    /// there is none for so long.
    /// </summary>
    private async Task<(PostResult? Post, TimeSpan PutBackFor)> PostAsync(WebhookDelivery delivery, WebhookEndpoint endpoint)
    {
        using var place = await places.EnterAsync(endpoint.Id);
        if (place.PutBackFor is { } delay)
            return (null, delay);

        var isAskedFor = delivery.ResendAt is not null || delivery.Event.Type == EventTypes.WebhookTest;
        using var host = hosts.Enter(WebhookUrl.HostOf(endpoint.Url), endpoint.Id, isAskedFor);
        if (host.PutBackFor is { } delayOfHost)
        {
            place.WasNotUsed();
            return (null, delayOfHost);
        }

        host.Post = await postEvent.RunAsync(delivery.Event, endpoint);
        return (host.Post, TimeSpan.Zero);
    }

    private async Task<TableEntity?> ReadNextAsync(DeliveryMessage message)
    {
        var row = await tables.Deliveries.GetEntityIfExistsAsync<TableEntity>(message.EndpointId, DeliveryRows.Key(message.EventId));
        return row.HasValue && DeliveryRows.Read(row.Value!).IsNext(message.Attempt) ? row.Value : null;
    }

    /// <summary>Writes the attempt into the delivery and moves or removes its due row. Null: another process has recorded this attempt.</summary>
    private async Task<WebhookDelivery?> RecordAsync(
        DeliveryMessage message, TableEntity read, Func<WebhookDelivery, DateTimeOffset, WebhookDelivery> change)
    {
        var row = read;
        var recorded = await hotRow.UntilDecidedAsync<Recorded>(
            async () =>
            {
                row ??= await ReadNextAsync(message);
                if (row is null)
                    return new Recorded(null);

                var after = change(DeliveryRows.Read(row), clock.NowInMilliseconds());
                var group = new EntityGroup(ids.NewWriteId()).MergeChange(after, row);
                row = null;
                return await tables.Deliveries.SubmitAsync(group, CancellationToken.None) is WriteResult.Committed ? new Recorded(after) : null;
            },
            CancellationToken.None);
        return recorded.Delivery;
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

    private void Tell(DeliveryMessage message, WebhookDelivery recorded, PostResult? post)
    {
        if (post is null)
        {
            Log.NotSent(log, message.EventId, message.EndpointId, recorded.Reason ?? DeliveryReason.EndpointDisabled);
        }
        else if (post.Succeeded)
        {
            Log.Delivered(log, message.EventId, message.EndpointId, message.Attempt, post.Status);
        }
        else
        {
            Log.AttemptFailed(log, message.EventId, message.EndpointId, message.Attempt, post.Status, post.Error);
        }

        if (post is not null)
            metrics.Attempted(post.Succeeded, post.Duration);

        if (recorded.NextAttemptAt is null)
            metrics.Ended(DeliveryJson.NameOf(recorded.State));
    }

    private sealed record Recorded(WebhookDelivery? Delivery);
}
