using Azure.Data.Tables;
using Microsoft.Extensions.Logging;
using PaySg.Functions.Diagnostics;
using PaySg.Functions.Ids;
using PaySg.Functions.Json;
using PaySg.Functions.Storage;
using PaySg.Functions.Webhooks.Endpoints;

namespace PaySg.Functions.Webhooks.Delivery;

/// <summary>Makes one attempt of one delivery and writes down what came of it: a read, the POST, a transaction.</summary>
public sealed class DeliverWebhook(
    PaySgTables tables,
    WebhookEndpointStore endpoints,
    PostEvent postEvent,
    DeliveryAlarm alarm,
    HotRowRetry hotRow,
    IdGenerator ids,
    IRandomSource random,
    TimeProvider clock,
    ILogger<DeliverWebhook> log)
{
    /// <summary>Makes the attempt that the message names, unless it is out of date.</summary>
    public async Task RunAsync(DeliveryMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (await ReadNextAsync(message) is not { } row)
        {
            Log.StaleAlarm(log, message.EventId, message.EndpointId, message.Attempt);
            return;
        }

        var delivery = DeliveryRows.Read(row);
        var endpoint = await endpoints.FindForAttemptAsync(message.OwnerId, message.EndpointId, CancellationToken.None);
        var post = endpoint is null ? null : await postEvent.RunAsync(delivery.Event, endpoint);
        if (await RecordAsync(message, row, post) is { } recorded)
        {
            await FollowUpAsync(message, recorded, post);
        }
    }

    private async Task<TableEntity?> ReadNextAsync(DeliveryMessage message)
    {
        var row = await tables.Deliveries.GetEntityIfExistsAsync<TableEntity>(message.EndpointId, DeliveryRows.Key(message.EventId));
        return row.HasValue && DeliveryRows.Read(row.Value!).IsNext(message.Attempt) ? row.Value : null;
    }

    /// <summary>Writes the attempt into the delivery and moves or removes its due row. Null: another process has recorded this attempt.</summary>
    private async Task<WebhookDelivery?> RecordAsync(DeliveryMessage message, TableEntity read, PostResult? post)
    {
        var row = read;
        var recorded = await hotRow.UntilDecidedAsync<Recorded>(
            async () =>
            {
                row ??= await ReadNextAsync(message);
                if (row is null)
                {
                    return new Recorded(null);
                }

                var now = clock.NowInMilliseconds();
                var before = DeliveryRows.Read(row);
                var after = post is null ? before.GiveUp() : before.Record(post, now, random);
                var group = new EntityGroup(ids.NewWriteId()).Merge(DeliveryRows.WriteChange(after), row.ETag);
                if (DeliveryRows.DueKeyOf(row) is { } due)
                {
                    group.Delete(row.PartitionKey, due);
                }

                if (after.NextAttemptAt is { } next)
                {
                    group.Insert(DeliveryRows.WriteDue(after, next));
                }

                row = null;
                return await tables.Deliveries.SubmitAsync(group, CancellationToken.None) is WriteResult.Committed ? new Recorded(after) : null;
            },
            CancellationToken.None);
        return recorded.Delivery;
    }

    private async Task FollowUpAsync(DeliveryMessage message, WebhookDelivery recorded, PostResult? post)
    {
        if (post?.Succeeded == true)
        {
            Log.Delivered(log, message.EventId, message.EndpointId, message.Attempt, post.Status);
            return;
        }

        Log.AttemptFailed(log, message.EventId, message.EndpointId, message.Attempt, post?.Status, post is null ? "The endpoint is gone." : post.Error);
        if (recorded.NextAttemptAt is { } next)
        {
            await alarm.SetAsync(message with { Attempt = recorded.AttemptCount + 1 }, next - clock.GetUtcNow());
        }
    }

    private sealed record Recorded(WebhookDelivery? Delivery);
}
