using Azure.Data.Tables;
using PaySg.Functions.Access;
using PaySg.Functions.Ids;
using PaySg.Functions.Storage;

namespace PaySg.Functions.Webhooks.Endpoints;

/// <summary>Reads webhook endpoints.</summary>
public sealed class WebhookEndpointStore(PaySgTables tables, AccessCache cache)
{
    /// <summary>One endpoint of the owner, or null.</summary>
    public async Task<WebhookEndpoint?> FindAsync(string ownerId, string endpointId, CancellationToken cancellationToken)
    {
        if (!SortableUuid.IsPrefixed(endpointId, WebhookEndpointRows.IdPrefix))
        {
            return null;
        }

        var row = await tables.Webhooks.GetEntityIfExistsAsync<TableEntity>(
            ownerId, WebhookEndpointRows.Key(endpointId), cancellationToken: cancellationToken);
        return row.HasValue ? WebhookEndpointRows.Read(row.Value!) : null;
    }

    /// <summary>One endpoint, as it was at most 10 s ago: for an attempt, which uses the current URL and secret.</summary>
    public Task<WebhookEndpoint?> FindForAttemptAsync(string ownerId, string endpointId, CancellationToken cancellationToken) =>
        cache.GetAsync(endpointId, AccessCache.Lifetime, () => FindAsync(ownerId, endpointId, cancellationToken));

    /// <summary>All endpoints of the owner, newest first, read from storage each time: a new one must not miss its first event.</summary>
    public async Task<IReadOnlyList<WebhookEndpoint>> ListAllAsync(string ownerId, CancellationToken cancellationToken)
    {
        var endpoints = new List<WebhookEndpoint>();
        await foreach (var row in tables.Webhooks.QueryAsync<TableEntity>(
            RowKeys.Prefix(ownerId, WebhookEndpointRows.Prefix), cancellationToken: cancellationToken))
        {
            endpoints.Add(WebhookEndpointRows.Read(row));
        }

        return endpoints;
    }
}
