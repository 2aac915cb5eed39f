using PaySg.Functions.Access.Audit;

namespace PaySg.Functions.PaymentLinks;

/// <summary>What the audit log says of a payment link: nothing of the payer who is meant, and nothing of the owner's metadata, which may be about payers.</summary>
internal static class PaymentLinkChanges
{
    /// <summary>What a new link has, by the names of the API.</summary>
    public static AuditChange[] Of(PaymentLink link) =>
    [
        AuditChange.Set("reff_no", link.ReffNo),
        AuditChange.Set("title", link.Title),
        AuditChange.Set("total_amount", link.TotalAmount),
        .. Between(before: null, link.Terms),
    ];

    /// <summary>Which terms are different, by the names of the API.</summary>
    /// <param name="before">Null: the link is new.</param>
    public static AuditChange[] Between(PaymentLinkTerms? before, PaymentLinkTerms after) => AuditChange.Between(
        ("status", StatusOf(before), StatusOf(after)),
        ("max_usage", before?.MaxUsage.ToString(CultureInfo.InvariantCulture), after.MaxUsage.ToString(CultureInfo.InvariantCulture)),
        ("expired_at", TimeOf(before), TimeOf(after)),
        ("required_customer_detail", before is null ? null : NameOf(before.RequiredCustomerDetail), NameOf(after.RequiredCustomerDetail)),
        ("whitelisted_payment_method", MethodsOf(before), MethodsOf(after)),
        ("redirect_url", AuditChange.WithoutQuery(before?.RedirectUrl), AuditChange.WithoutQuery(after.RedirectUrl)),
        ("success_redirect_url", AuditChange.WithoutQuery(before?.SuccessRedirectUrl), AuditChange.WithoutQuery(after.SuccessRedirectUrl)),
        ("expired_redirect_url", AuditChange.WithoutQuery(before?.ExpiredRedirectUrl), AuditChange.WithoutQuery(after.ExpiredRedirectUrl)));

    private static string? StatusOf(PaymentLinkTerms? terms) => terms is null ? null : terms.Status == PaymentLinkStatus.Open ? "open" : "closed";

    private static string? TimeOf(PaymentLinkTerms? terms) => terms?.ExpiredAt is { } time ? JakartaTime.Format(time) : null;

    private static string? MethodsOf(PaymentLinkTerms? terms) => terms?.WhitelistedPaymentMethod is { } methods ? string.Join(", ", methods) : null;

    private static string NameOf(bool isSet) => isSet ? "true" : "false";
}
