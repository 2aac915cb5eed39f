using PaySg.Functions.Access;
using PaySg.Functions.Access.Audit;
using PaySg.Functions.Webhooks.Endpoints;

namespace PaySg.Functions.Management.Audit;

/// <summary>Where the entries of an owner's log stand: in each partition in which something of theirs is changed.</summary>
internal sealed class AuditPlaces(PaySgTables tables)
{
    /// <summary>The places; their number does not depend on how much the owner has.</summary>
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

    /// <summary>Where the entries of the payment service's or the account's own row stand: of its settings.</summary>
    public AuditPlace OfSettings(string ownerId) => Of(tables.Access, AccessRows.Owners, ownerId);

    private static AuditPlace Of(TableClient table, string partitionKey, string ownerId) => new(table, partitionKey, AuditRows.PrefixIn(partitionKey, ownerId));
}
