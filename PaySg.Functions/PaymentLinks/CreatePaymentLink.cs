using PaySg.Functions.Access;
using PaySg.Functions.Access.Accounts;
using PaySg.Functions.Access.Audit;
using PaySg.Functions.Platform.Http.Singapay;

namespace PaySg.Functions.PaymentLinks;

/// <summary>
/// Creates a payment link in two round trips: the claim makes the <c>reff_no</c> the account's permanently; then the link and its name are one
/// transaction in the account's partition, so that of several creates of one <c>reff_no</c> one wins, whoever was first to claim. A claim whose link
/// was never written, or is deleted, can be used by the account's next create.
/// </summary>
internal sealed class CreatePaymentLink(
    PaySgTables tables, PaymentLinkStore links, HotRowRetry hotRow, IdGenerator ids, IRandomSource random, TimeProvider clock)
{
    private const string Taken = "The reff no has already been taken.";

    /// <param name="by">Who creates it.</param>
    /// <exception cref="ApiException">403: the account is inactive; 422: the <c>reff_no</c> is taken.</exception>
    public Task<PaymentLink> RunAsync(ApiCall call, Account account, PaymentLinkDetails details, Actor by)
    {
        if (account.Status != AccountStatus.Active)
            throw SingapayErrors.AccountInactive();

        // From here on the caller may leave: the writes go on.
        call.ClientLeft.ThrowIfCancellationRequested();
        return hotRow.UntilDecidedAsync(() => TryAsync(account.Id, details, by), CancellationToken.None);
    }

    private async Task<PaymentLink?> TryAsync(string accountId, PaymentLinkDetails details, Actor by)
    {
        // Another id in each try: the one of the last may be another link's.
        var now = clock.NowInMilliseconds();
        var link = PaymentLink.Create(PaymentLinkId.New(random, now), accountId, details, now);
        Tracing.Tell(TraceTag.PaymentLinkId, link.Id.ToString(CultureInfo.InvariantCulture));
        return await ClaimAsync(link) is { } claimed && await WriteAsync(link, claimed.FreeName, by) ? link : null;
    }

    /// <summary>Null: somebody else claims it just now.</summary>
    private async Task<Claimed?> ClaimAsync(PaymentLink link)
    {
        var claim = new EntityGroup(ids.NewWriteId()).Insert(PaymentLinkRows.WriteClaim(link.ReffNo, link.AccountId, link.Id));
        if (await tables.PaymentLinks.SubmitAsync(claim, CancellationToken.None) is not WriteResult.Conflict conflict)
            return new Claimed(null);

        var stored = conflict.Main ?? throw new InvalidOperationException($"The claim of reff_no {link.ReffNo} is gone: claims are never deleted.");
        if (PaymentLinkRows.ReadClaim(stored).AccountId != link.AccountId)
            throw SingapayErrors.Invalid("reff_no", Taken);

        var name = await links.FindNameAsync(link.AccountId, link.ReffNo, CancellationToken.None);
        if (name is not null && PaymentLinkRows.ReadName(name) is not null)
            throw SingapayErrors.Invalid("reff_no", Taken);

        var leading = new EntityGroup(ids.NewWriteId()).Replace(PaymentLinkRows.WriteClaim(link.ReffNo, link.AccountId, link.Id), stored.ETag);
        return await tables.PaymentLinks.SubmitAsync(leading, CancellationToken.None) is WriteResult.Committed ? new Claimed(name) : null;
    }

    private async Task<bool> WriteAsync(PaymentLink link, TableEntity? freeName, Actor by)
    {
        var group = new EntityGroup(ids.NewWriteId()).Insert(PaymentLinkRows.Write(link));
        var name = PaymentLinkRows.WriteName(link);
        _ = freeName is null ? group.Insert(name) : group.Replace(name, freeName.ETag);
        group.Audit(by, link.AccountId, link.CreatedAt, AuditAction.PaymentLinkCreated, PaymentLinkChanges.IdOf(link), AuditChange.Set("total_amount", link.TotalAmount));
        if (await tables.PaymentLinks.SubmitAsync(group, CancellationToken.None) is not WriteResult.Conflict conflict)
            return true;

        // The id is another link's; or the name is: somebody created a link of this reff_no at the same time.
        if (conflict.Main is not null || await links.FindIdAsync(link.AccountId, link.ReffNo, CancellationToken.None) is not { } winner)
            return false;

        await LeadToAsync(winner, link);
        throw SingapayErrors.Invalid("reff_no", Taken);
    }

    /// <summary>Puts the claim right where it leads to the link that was not written. Who changes it at the same time knows better.</summary>
    private async Task LeadToAsync(long winner, PaymentLink loser)
    {
        var claim = (await tables.PaymentLinks.GetEntityAsync<Azure.Data.Tables.TableEntity>(
            PaymentLinkRows.ClaimPartition(loser.ReffNo), PaymentLinkRows.Claim, cancellationToken: CancellationToken.None)).Value;
        if (PaymentLinkRows.ReadClaim(claim).LinkId == loser.Id)
        {
            var right = new EntityGroup(ids.NewWriteId()).Replace(PaymentLinkRows.WriteClaim(loser.ReffNo, loser.AccountId, winner), claim.ETag);
            await tables.PaymentLinks.SubmitAsync(right, CancellationToken.None);
        }
    }
    /// <param name="FreeName">The row of the name, which a link had that is deleted; null: there is none.</param>
    private sealed record Claimed(TableEntity? FreeName);
}
