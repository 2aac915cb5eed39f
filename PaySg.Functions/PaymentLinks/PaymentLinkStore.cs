using Azure.Data.Tables;
using PaySg.Functions.Storage;

namespace PaySg.Functions.PaymentLinks;

/// <summary>Reads payment links: always from storage, never from a cache.</summary>
public sealed class PaymentLinkStore(PaySgTables tables)
{
    /// <summary>A link of the account, or null.</summary>
    public async Task<StoredPaymentLink?> FindAsync(string accountId, long id, CancellationToken cancellationToken)
    {
        var row = await tables.PaymentLinks.GetEntityIfExistsAsync<TableEntity>(accountId, PaymentLinkRows.Key(id), cancellationToken: cancellationToken);
        return row.HasValue ? new StoredPaymentLink(PaymentLinkRows.Read(row.Value!), row.Value!.ETag) : null;
    }

    /// <summary>The link that the payer's page of this <c>reff_no</c> shows, by two reads; null: there is none.</summary>
    public async Task<StoredPaymentLink?> FindByReffNoAsync(string reffNo, CancellationToken cancellationToken) =>
        await FindClaimAsync(reffNo, cancellationToken) is { } claim ? await FindAsync(claim.AccountId, claim.LinkId, cancellationToken) : null;

    /// <summary>Who has this <c>reff_no</c>, or null. The link itself may not be there: it is inserted after its claim.</summary>
    public async Task<PaymentLinkClaim?> FindClaimAsync(string reffNo, CancellationToken cancellationToken)
    {
        var claim = await tables.PaymentLinks.GetEntityIfExistsAsync<TableEntity>(
            PaymentLinkRows.ClaimPartition(reffNo), PaymentLinkRows.Claim, cancellationToken: cancellationToken);
        return claim.HasValue ? PaymentLinkRows.ReadClaim(claim.Value!) : null;
    }
}
