using Azure;
using PaySg.Functions.Access;
using PaySg.Functions.Webhooks.Endpoints;

namespace PaySg.Functions.Webhooks.Delivery;

/// <summary>
/// Among the deliveries of which endpoints entries of a payment service's audit log stand, or may stand: <c>b:{endpoint}</c> in the partition of the payment service.
/// The row is there before the first entry is, so whoever reads the log asks no partition in vain and leaves none out. It stays when the endpoint is deleted.
/// </summary>
/// <remarks>An account has one endpoint, which every reader of its log asks: it needs no row.</remarks>
internal sealed class AuditedEndpoints(PaySgTables tables, WebhookEndpointStore endpoints, TimeProvider clock)
{
    private const string Prefix = "b:";
    private const string MarkedAt = "marked_at";

    // Whoever read the endpoint before it was deleted has written the entry, or never will.
    private static readonly TimeSpan LongestWrite = TimeSpan.FromDays(1);

    /// <summary>To be called before an entry is written among the endpoint's deliveries. Nothing is done where the actor is not audited.</summary>
    public Task MarkAsync(Actor by, WebhookEndpoint endpoint) => by.IsAudited && OwnerIds.KindOf(endpoint.OwnerId) == OwnerKind.PaymentService
        ? tables.Webhooks.PutAsync(new TableEntity(endpoint.OwnerId, Prefix + endpoint.Id) { [MarkedAt] = clock.GetUtcNow() }, CancellationToken.None)
        : Task.CompletedTask;

    /// <summary>The ids of the endpoints, deleted ones too. By one query.</summary>
    public async Task<IReadOnlyList<string>> ListAsync(string paymentServiceId, CancellationToken cancellationToken)
    {
        var ids = new List<string>();
        await foreach (var row in tables.Webhooks.QueryAsync<TableEntity>(RowKeys.Prefix(paymentServiceId, Prefix), cancellationToken: cancellationToken))
            ids.Add(row.RowKey[Prefix.Length..]);

        return ids;
    }

    /// <summary>Forgets an endpoint in whose partition no entry is left. One that is still there is not forgotten: somebody may be about to write one.</summary>
    public async Task ForgetAsync(string paymentServiceId, string endpointId, CancellationToken cancellationToken)
    {
        var row = await tables.Webhooks.FindAsync(paymentServiceId, Prefix + endpointId, cancellationToken);
        if (row is null || row.GetDateTimeOffset(MarkedAt) > clock.GetUtcNow() - LongestWrite || await endpoints.FindAsync(paymentServiceId, endpointId, cancellationToken) is not null)
            return;

        try
        {
            await tables.Webhooks.DeleteEntityAsync(paymentServiceId, row.RowKey, row.ETag, cancellationToken);
        }
        catch (RequestFailedException changed) when (changed.Status == 412)
        {
            // It was marked anew a moment ago.
        }
    }
}
