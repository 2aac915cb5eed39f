using PaySg.Functions.Access;
using PaySg.Functions.Access.Audit;
using PaySg.Functions.Platform.Idempotency;
using PaySg.Functions.Platform.Outbox;

namespace PaySg.Functions.Webhooks.Endpoints;

/// <summary>Deletes a webhook endpoint. An outbox row, written with it, has its pending deliveries ended.</summary>
internal sealed class DeleteWebhookEndpoint(PaySgTables tables, WebhookEndpointStore endpoints, KeyedChange change)
{
    /// <summary>204.</summary>
    /// <exception cref="ApiException">404, 409.</exception>
    public Task<ApiAnswer> RunAsync(ApiCall call, ApiKey key, string endpointId)
    {
        return change.RunAsync(
            call,
            key.At(tables.Webhooks),
            RequestParameters.None,
            read: token => ReadCountAsync(key.PaymentServiceId, endpointId, token),
            decide: (counted, group, now) => Decide(counted, key, group, now, endpointId));
    }

    /// <summary>The row that counts the endpoints.</summary>
    /// <exception cref="ApiException">404: there is no such endpoint.</exception>
    private async Task<TableEntity> ReadCountAsync(string ownerId, string endpointId, CancellationToken cancellationToken)
    {
        var countRead = tables.Webhooks.FindAsync(ownerId, WebhookEndpointRows.CountKey, cancellationToken);
        await Task.WhenAll(endpoints.GetAsync(ownerId, endpointId, cancellationToken), countRead);
        return (await countRead)!;
    }

    private Decision Decide(TableEntity counted, ApiKey key, EntityGroup group, DateTimeOffset now, string endpointId)
    {
        var ownerId = key.PaymentServiceId;

        // The work is the main row: inserted once, it tells our own first try from another's.
        group.Insert(OutboxRow.OfDeletedEndpoint(ownerId, now, endpointId, now).ToEntity())
            .Delete(ownerId, WebhookEndpointRows.Key(endpointId))
            .Insert(GoneEndpointRows.Write(ownerId, endpointId, now))
            .Replace(WebhookEndpointRows.WriteCount(ownerId, WebhookEndpointRows.ReadCount(counted) - 1), counted.ETag)
            .Audit(key.By, ownerId, now, AuditAction.WebhookEndpointDeleted, endpointId);
        return new Decision(new ApiAnswer(204, default)).Then(() => endpoints.Forget(ownerId, endpointId));
    }
}
