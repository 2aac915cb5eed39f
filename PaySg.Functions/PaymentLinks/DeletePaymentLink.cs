using PaySg.Functions.Platform.Http.Singapay;

namespace PaySg.Functions.PaymentLinks;

/// <summary>
/// Deletes a payment link that no payer has begun to pay: its row, in the version that was read, and, where it is counted, its place in the count.
/// Its name becomes free and its claim stays: a <c>reff_no</c> that was given out once never leads payers to another account.
/// </summary>
internal sealed class DeletePaymentLink(
    PaySgTables tables, PaymentLinkStore links, PaymentLinkCounts counts, HotRowRetry hotRow, IdGenerator ids, TimeProvider clock, ILogger<DeletePaymentLink> log)
{
    /// <summary>The link that was deleted.</summary>
    /// <exception cref="ApiException">404; 403: payers have begun to pay.</exception>
    public Task<PaymentLink> RunAsync(ApiCall call, string accountId, string linkId)
    {
        call.ClientLeft.ThrowIfCancellationRequested();
        return hotRow.UntilDecidedAsync(() => TryAsync(accountId, linkId), CancellationToken.None);
    }

    private async Task<PaymentLink?> TryAsync(string accountId, string linkId)
    {
        var countRead = counts.FindAsync(accountId, ListedRows.Links, CancellationToken.None);
        var linkRead = links.GetAsync(accountId, linkId, CancellationToken.None);
        await Task.WhenAll(countRead, linkRead);
        var (link, version) = await linkRead;
        if (link.HasHistories)
            throw SingapayErrors.PaymentLinkHasHistories();

        var group = PaymentLinkCounts.AddDelete(new EntityGroup(ids.NewWriteId()), accountId, ListedRows.Links, await countRead, [link.Id])
            .Delete(accountId, PaymentLinkRows.Key(link.Id), version)
            .Replace(PaymentLinkRows.WriteFreeName(link, clock.NowInMilliseconds()), Azure.ETag.All);
        if (await tables.PaymentLinks.SubmitAsync(group, CancellationToken.None) is WriteResult.Conflict)
            return null;

        Log.PaymentLinkDeleted(log, link.Id, accountId);
        return link;
    }
}
