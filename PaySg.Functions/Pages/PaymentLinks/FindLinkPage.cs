using PaySg.Functions.Access.Accounts;
using PaySg.Functions.PaymentLinks;
using PaySg.Functions.PaymentLinks.Attempts;
using PaySg.Functions.Platform.Idempotency;

namespace PaySg.Functions.Pages.PaymentLinks;

/// <summary>Finds what a payer's page of a link is about: the link as it is now, whose it is, and what came of a form.</summary>
internal sealed class FindLinkPage(
    PaymentLinkStore links,
    AccountStore accounts,
    LinkAttemptStore attempts,
    KeyedCalls keyedCalls,
    PaySgTables tables,
    PageAnswers answers,
    Func<Reader, LinkAttemptPages> attemptPagesFor)
{
    /// <summary>Who has the <c>reff_no</c>.</summary>
    /// <exception cref="ApiException">404, the same for every text that is none.</exception>
    public async Task<PaymentLinkClaim> ClaimAsync(string reffNo, CancellationToken cancellationToken) =>
        (PaymentLinkReffNo.IsValid(reffNo) ? await links.FindClaimAsync(reffNo, cancellationToken) : null) ?? throw ApiErrors.PaymentLinkNotFound();

    /// <summary>The link as it is now, and its account as it was a moment ago.</summary>
    /// <exception cref="ApiException">404.</exception>
    internal async Task<(PaymentLink Link, Account? Account)> LinkAsync(PaymentLinkClaim claim, CancellationToken cancellationToken)
    {
        var stored = await links.FindAsync(claim, cancellationToken) ?? throw ApiErrors.PaymentLinkNotFound();
        return (stored.Link, await accounts.RecallAsync(claim.AccountId, cancellationToken));
    }

    /// <summary>The attempt on this link with a number; null: there is none, or it is on another link.</summary>
    internal async Task<LinkAttempt?> AttemptAsync(PaymentLinkClaim claim, string attemptNo, CancellationToken cancellationToken) =>
        await attempts.FindAsync(claim.AccountId, attemptNo, cancellationToken) is { } attempt && attempt.PaymentLinkReffNo == claim.ReffNo ? attempt : null;

    /// <summary>The sending of a form of this page.</summary>
    internal KeyedCall Keyed(ApiCall call, PaymentLinkClaim claim, string formKey) =>
        keyedCalls.OfForm(call, tables.PaymentLinks, claim.AccountId, LinkPagePath.Of("", claim.ReffNo), formKey);

    /// <summary>What came of a form: the attempt that it began, or that this is not known yet; null: it was not sent, or began nothing.</summary>
    /// <param name="formKey">See <see cref="FormKey"/>.</param>
    internal async Task<ApiAnswer?> FormAsync(ApiCall call, PaymentLinkClaim claim, string formKey)
    {
        var linkRead = LinkAsync(claim, call.ClientLeft);
        try
        {
            var answer = await Keyed(call, claim, formKey).FindAnswerAsync().BesideAsync(linkRead);
            var (link, account) = await linkRead;
            return answer switch
            {
                null => null,
                _ when LinkAttemptAnswer.ReffNoIn(answer) is { } attemptNo =>
                    answers.SeeOther(LinkPagePath.Of(answers.Root, claim.ReffNo) + LinkPagePath.AttemptOf(attemptNo)),
                _ => attemptPagesFor(Reader.Of(call.Request, link.Locale)).GoesBack(link, account),
            };
        }
        catch (KeyInUseException)
        {
            var (link, account) = await linkRead;
            return attemptPagesFor(Reader.Of(call.Request, link.Locale)).Checking(link, account, formKey);
        }
    }
}
