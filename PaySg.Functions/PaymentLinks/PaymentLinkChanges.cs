using PaySg.Functions.Access.Audit;

namespace PaySg.Functions.PaymentLinks;

/// <summary>What the audit log says of a payment link: nothing of whoever is to pay it, and nothing of the merchant's own metadata.</summary>
internal static class PaymentLinkChanges
{
    /// <summary>The link's id, as the log names it.</summary>
    public static string IdOf(PaymentLink link) => link.Id.ToString(CultureInfo.InvariantCulture);

    /// <summary>What is different, by the names of the API.</summary>
    public static AuditChange[] Between(PaymentLinkTerms before, PaymentLinkTerms after) =>
    [
        .. AuditChange.Between(
            ("status", before.Status.Name(), after.Status.Name()),
            ("required_customer_detail", NameOf(before.RequiredCustomerDetail), NameOf(after.RequiredCustomerDetail)),
            ("max_usage", before.MaxUsage.ToString(CultureInfo.InvariantCulture), after.MaxUsage.ToString(CultureInfo.InvariantCulture)),
            ("expired_at", NameOf(before.ExpiredAt), NameOf(after.ExpiredAt)),
            ("whitelisted_payment_method", NameOf(before.WhitelistedPaymentMethod), NameOf(after.WhitelistedPaymentMethod)),
            ("redirect_url", AuditChange.WithoutQuery(before.RedirectUrl), AuditChange.WithoutQuery(after.RedirectUrl)),
            ("success_redirect_url", AuditChange.WithoutQuery(before.SuccessRedirectUrl), AuditChange.WithoutQuery(after.SuccessRedirectUrl)),
            ("expired_redirect_url", AuditChange.WithoutQuery(before.ExpiredRedirectUrl), AuditChange.WithoutQuery(after.ExpiredRedirectUrl))),
        .. AuditChange.Unshown("optional_metadata", before.OptionalMetadata != after.OptionalMetadata),
        .. AuditChange.Unshown("customer", (before.CustomerName, before.CustomerEmail, before.CustomerPhone) != (after.CustomerName, after.CustomerEmail, after.CustomerPhone)),
    ];

    private static string NameOf(bool isSo) => isSo ? "true" : "false";

    private static string? NameOf(DateTimeOffset? time) => time is { } given ? SingaporeTime.Format(given) : null;

    private static string? NameOf(IReadOnlyList<string>? methods) => methods is null ? null : string.Join(", ", methods);
}
