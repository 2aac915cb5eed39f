using PaySg.Functions.Access.Accounts;

namespace PaySg.Functions.PaymentLinks.Attempts;

/// <summary>When an order is refused: the API and the payer's page by the same rules.</summary>
internal static class LinkRefusals
{
    /// <summary>Why nobody can pay on the link at a moment; null: one can.</summary>
    /// <param name="hasMethods">Whether the gateway charges by any method of payment links.</param>
    public static LinkRefusal? Of(PaymentLink link, Account? account, bool hasMethods, DateTimeOffset now) => link switch
    {
        _ when account is not { Status: AccountStatus.Active } => LinkRefusal.AccountInactive,
        { Status: PaymentLinkStatus.Closed } => LinkRefusal.Closed,
        _ when link.IsExpiredAt(now) => LinkRefusal.Expired,
        { IsUsedUp: true } => LinkRefusal.UsedUp,
        _ when !hasMethods => LinkRefusal.NoMethods,
        _ => null,
    };

    /// <summary>Why this payer cannot pay so; null: the payer can.</summary>
    public static LinkRefusal? Of(PaymentLink link, Account? account, LinkOrder order, bool hasMethods, DateTimeOffset now) =>
        Of(link, account, hasMethods, now)
        ?? (!link.Allows(order.ChosenMethod.Code) ? LinkRefusal.MethodNotAllowed
            : link.RequiredCustomerDetail && order.Customer.MissingFields().Any() ? LinkRefusal.DetailsMissing
            : null);

    /// <summary>What a caller of the API is told of it.</summary>
    public static ApiException ErrorOf(LinkRefusal refusal, LinkOrder order) => refusal switch
    {
        LinkRefusal.AccountInactive => ApiErrors.AccountInactive(),
        LinkRefusal.Closed => ApiErrors.PaymentLinkClosed(),
        LinkRefusal.Expired => ApiErrors.PaymentLinkExpired(),
        LinkRefusal.UsedUp => ApiErrors.PaymentLinkUsedUp(),
        LinkRefusal.NoMethods or LinkRefusal.MethodNotAllowed => ApiErrors.PaymentMethodNotAllowed(order.ChosenMethod.Code),
        LinkRefusal.DetailsMissing => ApiErrors.InvalidParameters(
            [.. order.Customer.MissingFields().Select(field => new FieldError($"customer.{field}", "is required: this payment link asks who pays."))]),
        LinkRefusal.InDoubt => ApiErrors.LinkChargeInDoubt(),
        _ => throw new ArgumentOutOfRangeException(nameof(refusal)),
    };
}
