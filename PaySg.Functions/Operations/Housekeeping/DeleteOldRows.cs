using Azure;
using PaySg.Functions.Events;
using PaySg.Functions.Gateway;
using PaySg.Functions.PaymentLinks.Histories;
using PaySg.Functions.Payments;
using PaySg.Functions.Payments.Batches;
using PaySg.Functions.Payments.Emails;
using PaySg.Functions.Platform.Outbox;
using PaySg.Functions.Webhooks.Delivery;
using PaySg.Functions.Webhooks.Endpoints;

namespace PaySg.Functions.Operations.Housekeeping;

/// <summary>
/// Deletes what is older than it is kept for, partition by partition: events and ended deliveries after <c>PaySg__Retention__Days</c>, attempts to
/// pay after a year, payments and the audit log after <c>PaySg__Retention__PaymentYears</c>, files of payments by the rules of <see cref="DeleteOldBatches"/>. Payment links stay,
/// and so does a delivery that may still be sent, however old.
/// </summary>
internal sealed class DeleteOldRows(
    PaySgTables tables,
    IOwners owners,
    WebhookEndpointStore endpoints,
    DeleteOldHistories deleteOldHistories,
    DeleteOldBatches deleteOldBatches,
    DeleteOldPayments deleteOldPayments,
    DeleteOldAuditLog deleteOldAuditLog,
    RetentionSettings retention,
    IdGenerator ids,
    TimeProvider clock,
    ILogger<DeleteOldRows> log)
{
    /// <summary>How long attempts to pay are kept.</summary>
    public static readonly TimeSpan AttemptsKeptFor = TimeSpan.FromDays(365);

    // A fan-out that had read the endpoint before it was deleted is long over.
    private static readonly TimeSpan LastFanOut = TimeSpan.FromDays(1);

    private static readonly string[] KeysOnly = [];
    private static readonly string[] DeliveryColumns = [DeliveryRows.Due];

    /// <summary>Deletes what is old of every owner. One owner's fault does not stop the others.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var (events, deliveries, attempts, batches, payments) = (0, 0, 0, 0, 0);
        await foreach (var ownerId in owners.IdsAsync(cancellationToken))
        {
            try
            {
                events += await DeleteEventsAsync(ownerId, now - retention.KeptFor, cancellationToken);
                deliveries += await DeleteDeliveriesAsync(ownerId, now - retention.KeptFor, cancellationToken);
                attempts += await DeleteAttemptsAsync(ownerId, now - AttemptsKeptFor, cancellationToken);
                await deleteOldAuditLog.RunAsync(ownerId, now.AddYears(-retention.PaymentYears), cancellationToken);
                if (OwnerIds.KindOf(ownerId) == OwnerKind.PaymentService)
                {
                    batches += await deleteOldBatches.RunAsync(ownerId, now - retention.KeptFor, cancellationToken);
                    payments += await deleteOldPayments.RunAsync(ownerId, now.AddYears(-retention.PaymentYears), cancellationToken);
                }
            }
            catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
            {
                Log.HousekeepingFailed(log, ownerId, fault);
            }
        }

        Log.OldRowsDeleted(log, events, deliveries, attempts, batches, payments);
    }

    private Task<int> DeleteEventsAsync(string ownerId, DateTimeOffset before, CancellationToken cancellationToken) =>
        tables.OfOwner(ownerId).PurgeAsync(EventRows.RangeBefore(ownerId, before), KeysOnly, static _ => true, ids, cancellationToken);

    private async Task<int> DeleteDeliveriesAsync(string ownerId, DateTimeOffset before, CancellationToken cancellationToken)
    {
        var deleted = 0;
        foreach (var stored in await endpoints.ListAllAsync(ownerId, cancellationToken))
            deleted += await DeleteDeliveriesOfAsync(stored.Endpoint.Id, before, cancellationToken);

        await foreach (var gone in tables.Webhooks.QueryAsync<TableEntity>(GoneEndpointRows.Range(ownerId), cancellationToken: cancellationToken))
        {
            deleted += await DeleteDeliveriesOfAsync(GoneEndpointRows.IdOf(gone), before, cancellationToken);
            if (GoneEndpointRows.ReadDeletedAt(gone) < before - LastFanOut)
            {
                // Nothing was addressed to it since, so nothing is left of it.
                await tables.Webhooks.DeleteEntityAsync(ownerId, gone.RowKey, ETag.All, cancellationToken);
            }
        }

        return deleted;
    }

    private Task<int> DeleteDeliveriesOfAsync(string endpointId, DateTimeOffset before, CancellationToken cancellationToken) =>
        tables.Deliveries.PurgeAsync(DeliveryRows.RangeBefore(endpointId, before), DeliveryColumns, DeliveryRows.IsEnded, ids, cancellationToken);

    private async Task<int> DeleteAttemptsAsync(string ownerId, DateTimeOffset before, CancellationToken cancellationToken)
    {
        if (OwnerIds.KindOf(ownerId) == OwnerKind.Account)
            return await deleteOldHistories.RunAsync(ownerId, before, cancellationToken);

        // How many mails an address had on a day that is over is nobody's business any more.
        await tables.Payments.PurgeAsync(RecipientCounts.RangeBefore(ownerId, clock.GetUtcNow()), KeysOnly, static _ => true, ids, cancellationToken);

        // One that is not decided, or whose money has not gone back, stays.
        return await tables.Payments.PurgeAsync(
            ChargeAttemptRows.RangeBelow(ownerId, PaymentId.LowestAt(before)),
            select: null,
            row => ChargeAttemptRows.Read(row) is { IsFinal: true } attempt && attempt.UpdatedAt < before,
            ids,
            cancellationToken);
    }
}
