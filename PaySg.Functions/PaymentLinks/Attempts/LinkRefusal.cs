using PaySg.Functions.Access.Accounts;
using PaySg.Functions.Platform.Errors;

namespace PaySg.Functions.PaymentLinks.Attempts;

/// <summary>Whether a link takes payments at all, whoever asks: the API and the payer's page by the same rule.</summary>
internal static class LinkRefusal
{
    /// <summary>Why nobody can pay on the link at a moment; null: one can.</summary>
    public static ApiException? Of(PaymentLink link, Account? account, DateTimeOffset now) => link switch
    {
        _ when account is not { Status: AccountStatus.Active } => ApiErrors.AccountInactive(),
        { Status: PaymentLinkStatus.Closed } => ApiErrors.PaymentLinkClosed(),
        _ when link.IsExpiredAt(now) => ApiErrors.PaymentLinkExpired(),
        { IsUsedUp: true } => ApiErrors.PaymentLinkUsedUp(),
        _ => null,
    };
}
