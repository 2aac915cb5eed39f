using PaySg.Functions.PaymentLinks;

namespace PaySg.Functions.Dashboard.Accounts;

/// <summary>
/// Says in a form which terms of a link its sender saw, so that a change of somebody else's in the meantime is noticed. Payments change the link and not its terms, so
/// they get in nobody's way.
/// </summary>
internal static class TermsMark
{
    /// <summary>64 hexadecimal digits, the same for the same terms.</summary>
    public static string Of(PaymentLinkTerms terms) => SeenMark.Of(json =>
    {
        json.WriteNumberValue((int)terms.Status);
        json.WriteBooleanValue(terms.RequiredCustomerDetail);
        json.WriteNumberValue(terms.MaxUsage);
        json.WriteNumberValue(terms.ExpiredAt?.UtcTicks ?? -1);
        json.WriteStringValue(terms.WhitelistedPaymentMethod is { } codes ? string.Join(',', codes) : null);
        foreach (var text in (string?[])[terms.RedirectUrl, terms.SuccessRedirectUrl, terms.ExpiredRedirectUrl, terms.OptionalMetadata, terms.CustomerName, terms.CustomerEmail, terms.CustomerPhone])
            json.WriteStringValue(text);
    });
}
