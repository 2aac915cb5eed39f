using PaySg.Functions.Events;
using PaySg.Functions.Platform.Outbox;
using PaySg.Functions.Webhooks.Endpoints;

namespace PaySg.Functions.Webhooks.Delivery;

/// <summary>
/// Notes on an endpoint what attempts mean for it: since when it fails, that it does so no more, or that it is disabled. Only a change is
/// written: while an endpoint goes on succeeding, or failing, there is nothing to do.
/// </summary>
internal sealed class EndpointHealth(
    PaySgTables tables,
    WebhookEndpointStore endpoints,
    WebhookEndpointEvents events,
    OutboxNudge nudge,
    HotRowRetry hotRow,
    IdGenerator ids,
    TimeProvider clock,
    ILogger<EndpointHealth> log)
{
    /// <summary>Takes note of an attempt.</summary>
    /// <param name="seen">The endpoint as the attempt saw it, up to 10 s old.</param>
    /// <param name="recorded">The delivery after the attempt.</param>
    /// <param name="post">What came of the attempt.</param>
    public async Task NoteAsync(StoredWebhookEndpoint seen, WebhookDelivery recorded, PostResult post)
    {
        if (recorded.Event.Type == EventTypes.WebhookTest)
        {
            return; // Tests may fail, and to pass one proves little.
        }

        // Where an earlier attempt of this delivery failed, the endpoint may be marked since it was seen: then it is read again.
        var mayBeMarkedSince = post.Succeeded && recorded.AttemptCount > 1 && seen.Endpoint.FailingSince is null;
        if (!mayBeMarkedSince && ReferenceEquals(seen.Endpoint.After(post, clock.NowInMilliseconds()), seen.Endpoint))
            return;

        var stored = mayBeMarkedSince ? null : seen;
        await hotRow.UntilDecidedAsync<object>(
            async () =>
            {
                stored ??= await endpoints.FindAsync(seen.Endpoint.OwnerId, seen.Endpoint.Id, CancellationToken.None);
                var isDone = stored is null || stored.Endpoint.Url != seen.Endpoint.Url || await TryNoteAsync(stored, post);
                stored = null;
                return isDone ? this : null;
            },
            CancellationToken.None);
        endpoints.Forget(seen.Endpoint.Id);
    }

    private async Task<bool> TryNoteAsync(StoredWebhookEndpoint stored, PostResult post)
    {
        var now = clock.NowInMilliseconds();
        var endpoint = stored.Endpoint.After(post, now);
        if (ReferenceEquals(endpoint, stored.Endpoint))
            return true;

        var group = new EntityGroup(ids.NewWriteId()).Replace(WebhookEndpointRows.Write(endpoint), stored.Version);
        if (!endpoint.Enabled && OwnerIds.KindOf(endpoint.OwnerId) == OwnerKind.PaymentService)
        {
            // An account has no other endpoint that could be told. The event belongs into another table, so an outbox row here carries it there.
            var disabled = events.Disabled(endpoint, now);
            var work = new OutboxRow(endpoint.OwnerId, now, OutboxKind.EndpointDisabled, disabled.Id);
            group.Insert(DisabledEndpointRows.Write(work, disabled));
        }

        if (await tables.Webhooks.SubmitAsync(group, CancellationToken.None) is WriteResult.Conflict)
            return false;

        if (!endpoint.Enabled)
            Log.EndpointDisabled(log, endpoint.Id, endpoint.DisabledReason!);

        await nudge.RunAsync(group, now);
        return true;
    }
}
