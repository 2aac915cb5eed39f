using PaySg.Functions.Access.Audit;
using PaySg.Functions.Management.Audit;
using PaySg.Functions.Webhooks.Delivery;

namespace PaySg.Functions.Operations.Housekeeping;

/// <summary>Deletes entries of the audit log that are older than payments are kept for, <c>PaySg__Retention__PaymentYears</c>: each by its own age.</summary>
internal sealed class DeleteOldAuditLog(AuditPlaces places, AuditedEndpoints audited, IdGenerator ids)
{
    private static readonly string[] KeysOnly = [];

    /// <summary>How many went.</summary>
    public async Task<int> RunAsync(string ownerId, DateTimeOffset before, CancellationToken cancellationToken)
    {
        // Nothing is as old as Unix time.
        if (before <= DateTimeOffset.UnixEpoch)
            return 0;

        var deleted = 0;
        foreach (var place in places.Of(ownerId))
            deleted += await PurgeAsync(place);

        foreach (var (endpointId, place) in await places.OfDeliveriesAsync(ownerId, cancellationToken))
        {
            deleted += await PurgeAsync(place);
            if ((await place.Table.FirstAsync(AuditRows.Range(place, AuditFilter.All, after: null), 1, cancellationToken)).Count == 0)
                await audited.ForgetAsync(ownerId, endpointId, cancellationToken);
        }

        return deleted;

        Task<int> PurgeAsync(AuditPlace place) => place.Table.PurgeAsync(AuditRows.RangeBefore(place, before), KeysOnly, static _ => true, ids, cancellationToken);
    }
}
