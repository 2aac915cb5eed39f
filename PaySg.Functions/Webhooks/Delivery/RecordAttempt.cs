using PaySg.Functions.Webhooks.Endpoints;

namespace PaySg.Functions.Webhooks.Delivery;

/// <summary>Writes down what came of an attempt, in one transaction, and does what follows from it: log, metrics, the next alarm, the endpoint's health.</summary>
internal sealed class RecordAttempt(
    PaySgTables tables,
    DeliveryStore deliveries,
    EndpointHealth health,
    DeliveryAlarm alarm,
    HotRowRetry hotRow,
    IdGenerator ids,
    IRandomSource random,
    TimeProvider clock,
    WebhookMetrics metrics,
    ILogger<RecordAttempt> log)
{
    /// <summary>Records an attempt, unless another process has recorded it.</summary>
    /// <param name="message">Which attempt it is.</param>
    /// <param name="play">The delivery before it.</param>
    /// <param name="stored">The endpoint as the attempt saw it; null: there is none any more.</param>
    /// <param name="post">What came of the POST; null: nothing was posted, because the endpoint is gone or disabled.</param>
    /// <returns>The delivery after the attempt; null: another process has recorded it.</returns>
    public async Task<WebhookDelivery?> RunAsync(DeliveryMessage message, DeliveryInPlay play, StoredWebhookEndpoint? stored, PostResult? post)
    {
        var recorded = await WriteAsync(
            message,
            play,
            post is not null ? (before, now) => before.Record(post, askedForAt: play.Delivery.ResendAt, now, random)
            : stored is null ? static (before, _) => before.GiveUp()
            : static (before, _) => before.Skip());
        if (recorded is null)
            return null;

        Tell(message, recorded, post);
        if (recorded.NextAttemptAt is { } next)
            await alarm.SetAsync(message with { Attempt = recorded.AttemptCount + 1 }, next - clock.GetUtcNow());

        if (post is not null)
            await health.NoteAsync(stored!, recorded, post);

        return recorded;
    }

    /// <summary>Writes the attempt into the delivery and moves or removes its due row; a delivery that is not written yet is inserted. Null: another process has recorded this attempt.</summary>
    private async Task<WebhookDelivery?> WriteAsync(
        DeliveryMessage message, DeliveryInPlay known, Func<WebhookDelivery, DateTimeOffset, WebhookDelivery> change)
    {
        DeliveryInPlay? play = known;
        var recorded = await hotRow.UntilDecidedAsync<Recorded>(
            async () =>
            {
                play ??= await deliveries.FindNextAsync(message);
                if (play is null)
                    return new Recorded(null);

                var after = change(play.Delivery, clock.NowInMilliseconds());
                var group = new EntityGroup(ids.NewWriteId());
                _ = play.Row is { } row ? group.MergeChange(after, row) : group.InsertNew(after);
                play = null;
                return await tables.Deliveries.SubmitAsync(group, CancellationToken.None) is WriteResult.Committed ? new Recorded(after) : null;
            },
            CancellationToken.None);
        return recorded.Delivery;
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
