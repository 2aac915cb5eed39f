using PaySg.Functions.Platform.Http.Singapay;

namespace PaySg.Functions.PaymentLinks;

/// <summary>Reads payment links: always from storage, never from a cache.</summary>
internal sealed class PaymentLinkStore(PaySgTables tables)
{
    /// <summary>A link of the account, or null.</summary>
    public async Task<StoredPaymentLink?> FindAsync(string accountId, long id, CancellationToken cancellationToken)
    {
        var row = await tables.PaymentLinks.FindAsync(accountId, PaymentLinkRows.Key(id), cancellationToken);
        Tell(accountId, id);
        return row is null ? null : new StoredPaymentLink(PaymentLinkRows.Read(row), row.ETag);
    }

    /// <summary>The link of the account by its id as a path has it.</summary>
    /// <exception cref="ApiException">404: the text is no id, or there is no such link in this account.</exception>
    public async Task<StoredPaymentLink> GetAsync(string accountId, string id, CancellationToken cancellationToken) =>
        (PaymentLinkId.Parse(id) is { } number ? await FindAsync(accountId, number, cancellationToken) : null)
        ?? throw SingapayErrors.PaymentLinkNotFound();

    /// <summary>
    /// The link that the payer's page of this <c>reff_no</c> shows; null: there is none. Two reads, the claim and the link; two more where
    /// the claim leads astray, because a create of this <c>reff_no</c> lost against another or died half-way.
    /// </summary>
    public async Task<StoredPaymentLink?> FindByReffNoAsync(string reffNo, CancellationToken cancellationToken) =>
        await FindClaimAsync(reffNo, cancellationToken) is { } claim ? await FindAsync(claim, cancellationToken) : null;

    /// <summary>Who has this <c>reff_no</c>, or null.</summary>
    public async Task<PaymentLinkClaim?> FindClaimAsync(string reffNo, CancellationToken cancellationToken)
    {
        var claim = await tables.PaymentLinks.FindAsync(PaymentLinkRows.ClaimPartition(reffNo), PaymentLinkRows.Claim, cancellationToken);
        return claim is null ? null : PaymentLinkRows.ReadClaim(claim);
    }

    /// <summary>The link that has a claimed <c>reff_no</c>; null: there is none, or no longer. One read, or two more where the claim leads astray.</summary>
    public async Task<StoredPaymentLink?> FindAsync(PaymentLinkClaim claim, CancellationToken cancellationToken)
    {
        return await FindAsync(claim.AccountId, claim.LinkId, cancellationToken) is { } link && link.Link.ReffNo == claim.ReffNo
            ? link
            : await FindByNameAsync(claim.AccountId, claim.ReffNo, cancellationToken);
    }

    /// <summary>The id of the account's link of this <c>reff_no</c>, or null.</summary>
    internal async Task<long?> FindIdAsync(string accountId, string reffNo, CancellationToken cancellationToken) =>
        await FindNameAsync(accountId, reffNo, cancellationToken) is { } name ? PaymentLinkRows.ReadName(name) : null;

    /// <summary>The row of this name, or null. The link that had it may be deleted.</summary>
    internal Task<TableEntity?> FindNameAsync(string accountId, string reffNo, CancellationToken cancellationToken) =>
        tables.PaymentLinks.FindAsync(accountId, PaymentLinkRows.NameKey(reffNo), cancellationToken);

    private static void Tell(string accountId, long id)
    {
        Tracing.Tell(TraceTag.AccountId, accountId);
        Tracing.Tell(TraceTag.PaymentLinkId, id.ToString(CultureInfo.InvariantCulture));
    }

    private async Task<StoredPaymentLink?> FindByNameAsync(string accountId, string reffNo, CancellationToken cancellationToken) =>
        await FindIdAsync(accountId, reffNo, cancellationToken) is { } id ? await FindAsync(accountId, id, cancellationToken) : null;
}
