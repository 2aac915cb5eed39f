using PaySg.Functions.PaymentLinks.Attempts;

namespace PaySg.Functions.PaymentLinks.Histories;

/// <summary>
/// Lists the attempts on one link. They are among those of the whole account, so a page looks at up to <see cref="RowScan.Longest"/> of them, none older than the link,
/// and says where it stopped.
/// </summary>
internal sealed class ListLinkHistories(PaySgTables tables)
{
    /// <summary>A page, newest first. Of a link that nobody has begun to pay nothing is read.</summary>
    /// <param name="link">The link.</param>
    /// <param name="olderThan">The id of an attempt of the account that the page begins behind; null: at the newest.</param>
    /// <param name="limit">How many entries at most.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<RowPage<LinkAttempt>> RunAsync(PaymentLink link, long? olderThan, int limit, CancellationToken cancellationToken)
    {
        if (!link.HasHistories)
            return new RowPage<LinkAttempt>([], HasNext: false, StoppedAt: null);

        return await tables.PaymentLinks.PageAsync(
            LinkAttemptRows.Since(link.AccountId, link.CreatedAt, olderThan), limit, LinkAttemptRows.Read, attempt => attempt.PaymentLinkId == link.Id, select: null, cancellationToken);
    }
}
