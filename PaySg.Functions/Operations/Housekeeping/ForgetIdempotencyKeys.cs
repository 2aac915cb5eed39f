using PaySg.Functions.Access;
using PaySg.Functions.Platform.Idempotency;
using PaySg.Functions.Platform.Outbox;
using PaySg.Functions.Webhooks.Endpoints;

namespace PaySg.Functions.Operations.Housekeeping;

/// <summary>
/// Deletes idempotency records that are more than a day old (guide, page "Idempotency": keys are kept for at least 24 hours). The expiry
/// rows <c>x:{hour}:{hash}</c> are found by a range of keys: no payment is looked at.
/// </summary>
internal sealed class ForgetIdempotencyKeys(
    PaySgTables tables, IOwners owners, WebhookEndpointStore endpoints, IdGenerator ids, TimeProvider clock, ILogger<ForgetIdempotencyKeys> log)
{
    /// <summary>How long a record is kept at least. The hour of its writing counts as a whole.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromHours(24);

    // A transaction holds 100 rows, and a record is two.
    private const int RecordsPerTransaction = 50;

    /// <summary>Deletes what is old in the partitions of every owner. One owner's fault does not stop the others.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var forgotten = await TryForgetAsync(AccessRows.Owners, [tables.Access], cancellationToken);
        await foreach (var ownerId in owners.IdsAsync(cancellationToken))
        {
            forgotten += await TryForgetAsync(ownerId, [tables.OfOwner(ownerId), tables.Webhooks, tables.Access], cancellationToken);
            foreach (var stored in await endpoints.ListAllAsync(ownerId, cancellationToken))
                forgotten += await TryForgetAsync(stored.Endpoint.Id, [tables.Deliveries], cancellationToken);

            await foreach (var gone in tables.Webhooks.QueryAsync<TableEntity>(GoneEndpointRows.Range(ownerId), cancellationToken: cancellationToken))
            {
                forgotten += await TryForgetAsync(GoneEndpointRows.IdOf(gone), [tables.Deliveries], cancellationToken);
            }
        }

        Log.KeysForgotten(log, forgotten);
    }

    private async Task<int> TryForgetAsync(string partitionKey, TableClient[] among, CancellationToken cancellationToken)
    {
        var forgotten = 0;
        try
        {
            foreach (var table in among)
                forgotten += await ForgetAsync(table, partitionKey, cancellationToken);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            Log.HousekeepingFailed(log, partitionKey, fault);
        }

        return forgotten;
    }

    private async Task<int> ForgetAsync(TableClient table, string partitionKey, CancellationToken cancellationToken)
    {
        var forgotten = 0;
        var before = IdempotencyRecords.ExpiryKeysBefore(clock.GetUtcNow() - KeptFor);
        var filter = RowKeys.Range(partitionKey, before.From, before.To);
        await foreach (var page in table.QueryAsync<TableEntity>(filter, select: ["RowKey"], cancellationToken: cancellationToken).AsPages())
        {
            foreach (var batch in page.Values.Chunk(RecordsPerTransaction))
                forgotten += await DeleteAsync(table, partitionKey, batch, cancellationToken);
        }

        return forgotten;
    }

    private async Task<int> DeleteAsync(TableClient table, string partitionKey, TableEntity[] expired, CancellationToken cancellationToken)
    {
        var group = new EntityGroup(ids.NewWriteId());
        foreach (var row in expired)
            group.Delete(partitionKey, row.RowKey).Delete(partitionKey, IdempotencyRecords.KeyOfExpiry(row.RowKey));

        if (await table.SubmitAsync(group, cancellationToken) is WriteResult.Committed)
            return expired.Length;

        // A row was gone already, so nothing was deleted: one record after the other.
        foreach (var row in expired)
            await DeleteAsync(table, partitionKey, row, cancellationToken);

        return expired.Length;
    }

    /// <summary>Deletes a record with its expiry row, never one without the other: what is found by an expiry row later may be the record of a key that is used again.</summary>
    private async Task DeleteAsync(TableClient table, string partitionKey, TableEntity expired, CancellationToken cancellationToken)
    {
        var both = new EntityGroup(ids.NewWriteId()).Delete(partitionKey, IdempotencyRecords.KeyOfExpiry(expired.RowKey)).Delete(partitionKey, expired.RowKey);
        if (await table.SubmitAsync(both, cancellationToken) is WriteResult.Conflict { FailedIndex: 0 })
            await table.DeleteEntityAsync(partitionKey, expired.RowKey, Azure.ETag.All, cancellationToken);
    }
}
