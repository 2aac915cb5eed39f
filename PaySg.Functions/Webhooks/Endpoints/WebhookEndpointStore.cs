using PaySg.Functions.Access;
using PaySg.Functions.Platform.Outbox;

namespace PaySg.Functions.Webhooks.Endpoints;

internal sealed class WebhookEndpointStore(PaySgTables tables, AccessCache cache)
{
    /// <summary>One endpoint of the owner, or null.</summary>
    public async Task<StoredWebhookEndpoint?> FindAsync(string ownerId, string endpointId, CancellationToken cancellationToken)
    {
        if (!SortableUuid.IsPrefixed(endpointId, WebhookEndpointRows.IdPrefix))
            return null;

        var row = await tables.Webhooks.FindAsync(ownerId, WebhookEndpointRows.Key(endpointId), cancellationToken);
        return row is null ? null : new StoredWebhookEndpoint(WebhookEndpointRows.Read(row), row.ETag);
    }

    /// <summary>One endpoint of the owner.</summary>
    /// <exception cref="ApiException">404 where there is none.</exception>
    public async Task<StoredWebhookEndpoint> GetAsync(string ownerId, string endpointId, CancellationToken cancellationToken) =>
        await FindAsync(ownerId, endpointId, cancellationToken) ?? throw ApiErrors.WebhookEndpointNotFound();

    /// <summary>
    /// One endpoint, as it was at most 10 s ago: for an attempt, which uses the current URL and secret. That it is disabled is never
    /// remembered, so that enabling it counts at once.
    /// </summary>
    public async Task<StoredWebhookEndpoint?> FindForAttemptAsync(string ownerId, string endpointId, CancellationToken cancellationToken)
    {
        var found = await cache.GetAsync(endpointId, AccessCache.Lifetime, () => FindAsync(ownerId, endpointId, cancellationToken));
        if (found?.Endpoint.Enabled == false)
            Forget(endpointId);

        return found;
    }

    /// <summary>Saves an endpoint, whether it is there already or not.</summary>
    public async Task SaveAsync(WebhookEndpoint endpoint, CancellationToken cancellationToken) =>
        await tables.Webhooks.PutAsync(WebhookEndpointRows.Write(endpoint), cancellationToken);

    /// <summary>Adds an endpoint. Storage may do that late, after the endpoint was changed: then the change stands.</summary>
    public async Task AddAsync(WebhookEndpoint endpoint, string writeId, CancellationToken cancellationToken) =>
        await tables.Webhooks.SubmitAsync(new EntityGroup(writeId).Insert(WebhookEndpointRows.Write(endpoint)), cancellationToken);

    /// <summary>Makes the next attempt read the endpoint again.</summary>
    public void Forget(string endpointId) => cache.Forget(endpointId);

    /// <summary>The same, and makes this process read again what the owner's endpoints subscribe to.</summary>
    public void Forget(string ownerId, string endpointId)
    {
        Forget(endpointId);
        cache.Forget(SubscribedKey(ownerId));
    }

    /// <summary>Every type that an endpoint of the owner subscribes to, as it was at most 10 s ago.</summary>
    public async Task<IReadOnlySet<string>> RecallSubscribedAsync(string ownerId) =>
        (await cache.GetAsync<IReadOnlySet<string>>(
            SubscribedKey(ownerId), AccessCache.Lifetime, async () => await ReadSubscribedAsync(ownerId, CancellationToken.None)))!;

    /// <summary>The same, as it is in storage.</summary>
    public async Task<IReadOnlySet<string>> ReadSubscribedAsync(string ownerId, CancellationToken cancellationToken) =>
        (await ListAllAsync(ownerId, cancellationToken)).SelectMany(static stored => stored.Endpoint.SubscribedEvents).ToHashSet(StringComparer.Ordinal);

    /// <summary>All endpoints of the owner, newest first, read from storage each time: a new one must not miss its first event.</summary>
    public async Task<IReadOnlyList<StoredWebhookEndpoint>> ListAllAsync(string ownerId, CancellationToken cancellationToken)
    {
        var endpoints = new List<StoredWebhookEndpoint>();
        await foreach (var row in tables.Webhooks.QueryAsync<TableEntity>(
            RowKeys.Prefix(ownerId, WebhookEndpointRows.Prefix), cancellationToken: cancellationToken))
        {
            endpoints.Add(new StoredWebhookEndpoint(WebhookEndpointRows.Read(row), row.ETag));
        }

        return endpoints;
    }

    /// <summary>All endpoints of the owner and the row that counts them, by one query: whoever writes that row as it was read here has seen every endpoint.</summary>
    public async Task<CountedWebhookEndpoints> ListCountedAsync(string ownerId, CancellationToken cancellationToken)
    {
        var endpoints = new List<StoredWebhookEndpoint>();
        TableEntity? count = null;
        var range = RowKeys.Range(ownerId, WebhookEndpointRows.CountKey, WebhookEndpointRows.End);
        await foreach (var row in tables.Webhooks.QueryAsync<TableEntity>(range, cancellationToken: cancellationToken))
        {
            if (row.RowKey == WebhookEndpointRows.CountKey)
            {
                count = row;
            }
            else if (row.RowKey.StartsWith(WebhookEndpointRows.Prefix, StringComparison.Ordinal))
            {
                endpoints.Add(new StoredWebhookEndpoint(WebhookEndpointRows.Read(row), row.ETag));
            }
        }

        return new CountedWebhookEndpoints(endpoints, count);
    }

    /// <summary>The owner's endpoints, and the work that waits beside them: for the sweeper, by one query.</summary>
    public async Task<(IReadOnlyList<WebhookEndpoint> Endpoints, IReadOnlyList<OutboxRow> Work)> ListWithWorkAsync(string ownerId, CancellationToken cancellationToken)
    {
        var endpoints = new List<WebhookEndpoint>();
        var work = new List<OutboxRow>();
        var range = RowKeys.Range(ownerId, OutboxRow.Prefix, WebhookEndpointRows.End);
        await foreach (var row in tables.Webhooks.QueryAsync<TableEntity>(range, cancellationToken: cancellationToken))
        {
            if (row.RowKey.StartsWith(WebhookEndpointRows.Prefix, StringComparison.Ordinal))
            {
                endpoints.Add(WebhookEndpointRows.Read(row));
            }
            else if (OutboxRow.Parse(ownerId, row.RowKey) is { } found)
            {
                work.Add(found);
            }
        }

        return (endpoints, work);
    }

    private static string SubscribedKey(string ownerId) => $"subscribed:{ownerId}";
}
