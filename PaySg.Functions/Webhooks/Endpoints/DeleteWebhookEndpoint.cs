using PaySg.Functions.Access;
using PaySg.Functions.Access.Audit;
using PaySg.Functions.Platform.Idempotency;
using PaySg.Functions.Platform.Outbox;

namespace PaySg.Functions.Webhooks.Endpoints;

/// <summary>Deletes a webhook endpoint. An outbox row, written with it, has its pending deliveries ended.</summary>
internal sealed class DeleteWebhookEndpoint(PaySgTables tables, WebhookEndpointStore endpoints, KeyedChange change)
{
    /// <summary>204.</summary>
    /// <param name="isAsSeen">Compares the endpoint with what the sender of a form saw; null: whatever it is.</param>
    /// <exception cref="ApiException">404, 409; <see cref="StaleForm"/>.</exception>
    public Task<ApiAnswer> RunAsync(ApiCall call, ApiKey key, string endpointId, Func<WebhookEndpoint, bool>? isAsSeen = null)
    {
        return change.RunAsync(
            call,
            key.At(tables.Webhooks),
            RequestParameters.None,
            read: token => ReadAsync(key.PaymentServiceId, endpointId, token),
            decide: (read, group, now) =>
            {
                StaleForm.ThrowUnless(isAsSeen, read.Stored.Endpoint);
                return Decide(read.Stored, read.Counted, key, group, now);
            });
    }

    /// <summary>The endpoint, and the row that counts all.</summary>
    /// <exception cref="ApiException">404: there is no such endpoint.</exception>
    private async Task<(StoredWebhookEndpoint Stored, TableEntity Counted)> ReadAsync(string ownerId, string endpointId, CancellationToken cancellationToken)
    {
        var countRead = tables.Webhooks.FindAsync(ownerId, WebhookEndpointRows.CountKey, cancellationToken);
        var stored = endpoints.GetAsync(ownerId, endpointId, cancellationToken);
        await Task.WhenAll(stored, countRead);
        return (await stored, (await countRead)!);
    }

    private Decision Decide(StoredWebhookEndpoint stored, TableEntity counted, ApiKey key, EntityGroup group, DateTimeOffset now)
    {
        var (ownerId, endpointId) = (key.PaymentServiceId, stored.Endpoint.Id);

        // The work is the main row: inserted once, it tells our own first try from another's.
        group.Insert(OutboxRow.OfDeletedEndpoint(ownerId, now, endpointId, now).ToEntity())
            .Delete(ownerId, WebhookEndpointRows.Key(endpointId), stored.Version)
            .Insert(GoneEndpointRows.Write(ownerId, endpointId, now))
            .Replace(WebhookEndpointRows.WriteCount(ownerId, WebhookEndpointRows.ReadCount(counted) - 1), counted.ETag)
            .Audit(key.By, ownerId, now, AuditAction.WebhookEndpointDeleted, endpointId);
        return new Decision(new ApiAnswer(204, default)).Then(() => endpoints.Forget(ownerId, endpointId));
    }
}
