using PaySg.Functions.Access;
using PaySg.Functions.Access.Audit;
using PaySg.Functions.Webhooks.Delivery;
using PaySg.Functions.Webhooks.Endpoints;

namespace PaySg.Functions.Management.Audit;

/// <summary>Where the entries of an owner's log stand: in each partition in which something of theirs is changed.</summary>
internal sealed class AuditPlaces(PaySgTables tables, AuditedEndpoints audited)
{
    /// <summary>The places that every owner has.</summary>
    public IReadOnlyList<AuditPlace> Of(string ownerId)
    {
        var isAccount = OwnerIds.KindOf(ownerId) == OwnerKind.Account;
        AuditPlace[] all =
        [
            OfSettings(ownerId),
            Of(tables.Access, ownerId, ownerId),
            Of(tables.OfOwner(ownerId), ownerId, ownerId),
            Of(tables.Webhooks, ownerId, ownerId),
        ];
        return isAccount ? [.. all, Of(tables.Deliveries, WebhookEndpoint.IdOfAccount(ownerId), ownerId)] : all;
    }

    /// <summary>The endpoints of a payment service among whose deliveries a member has done something; an account's one is among the places that it has anyway.</summary>
    public async Task<IReadOnlyList<(string EndpointId, AuditPlace Place)>> OfDeliveriesAsync(string ownerId, CancellationToken cancellationToken) =>
        OwnerIds.KindOf(ownerId) == OwnerKind.Account ? [] : [.. (await audited.ListAsync(ownerId, cancellationToken)).Select(id => (id, Of(tables.Deliveries, id, ownerId)))];

    /// <summary>Where the entries of the payment service's or the account's own row stand: of its settings.</summary>
    public AuditPlace OfSettings(string ownerId) => Of(tables.Access, AccessRows.Owners, ownerId);

    private static AuditPlace Of(TableClient table, string partitionKey, string ownerId) => new(table, partitionKey, AuditRows.PrefixIn(partitionKey, ownerId));
}
