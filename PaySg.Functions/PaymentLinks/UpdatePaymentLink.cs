using PaySg.Functions.Access;
using PaySg.Functions.Access.Audit;
using PaySg.Functions.Platform.Http.Singapay;

namespace PaySg.Functions.PaymentLinks;

/// <summary>
/// Changes the terms of a payment link, in two round trips. The write names the version that was read, so a payment that comes between is seen, and
/// <c>max_usage</c> is held against what it counted.
/// </summary>
internal sealed class UpdatePaymentLink(PaySgTables tables, PaymentLinkStore links, HotRowRetry hotRow, IdGenerator ids, TimeProvider clock)
{
    /// <summary>The link as it is then.</summary>
    /// <param name="accountId">Whose link it is.</param>
    /// <param name="linkId">The link's id as the path has it.</param>
    /// <param name="change">The new terms, of those that it has; null: it is to stay as it is.</param>
    /// <param name="by">Who changes it.</param>
    /// <exception cref="ApiException">404; 422: it was paid more often than the new terms allow.</exception>
    public Task<PaymentLink> RunAsync(ApiCall call, string accountId, string linkId, Func<PaymentLinkTerms, PaymentLinkTerms?> change, Actor by)
    {
        call.ClientLeft.ThrowIfCancellationRequested();
        return hotRow.UntilDecidedAsync(() => TryAsync(accountId, linkId, change, by), CancellationToken.None);
    }

    private async Task<PaymentLink?> TryAsync(string accountId, string linkId, Func<PaymentLinkTerms, PaymentLinkTerms?> change, Actor by)
    {
        var stored = await links.GetAsync(accountId, linkId, CancellationToken.None);
        if (change(stored.Link.Terms) is not { } terms)
            return stored.Link;

        if (!terms.Allow(stored.Link.CurrentUsage))
            throw SingapayErrors.Invalid("max_usage", $"The max usage must be at least the current usage, which is {stored.Link.CurrentUsage}.");

        var now = clock.NowInMilliseconds();
        var changed = stored.Link.WithTerms(terms, now);
        var group = new EntityGroup(ids.NewWriteId()).Replace(PaymentLinkRows.Write(changed), stored.Version);
        group.AuditChanges(by, accountId, now, AuditAction.PaymentLinkUpdated, PaymentLinkChanges.IdOf(changed), PaymentLinkChanges.Between(stored.Link.Terms, terms));
        return await tables.PaymentLinks.SubmitAsync(group, CancellationToken.None) is WriteResult.Committed ? changed : null;
    }
}
