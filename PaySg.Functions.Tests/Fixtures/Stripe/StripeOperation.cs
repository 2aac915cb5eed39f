namespace PaySg.Functions.Tests.Fixtures;

/// <summary>An operation of Stripe's API, by the names of its types in the npm package <c>stripe</c>.</summary>
internal sealed record StripeOperation(string Parameters, string Answer)
{
    /// <summary>Null if it is none that is known here.</summary>
    public static StripeOperation? Of(string method, string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return (method, path.Trim('/').Split('/')) switch
        {
            ("POST", ["v1", "payment_intents"]) => new("Stripe.PaymentIntentCreateParams", "Stripe.PaymentIntent"),
            ("GET", ["v1", "payment_intents"]) => new("Stripe.PaymentIntentListParams", "Stripe.ApiList<Stripe.PaymentIntent>"),
            ("GET", ["v1", "payment_intents", _]) => new("Stripe.PaymentIntentRetrieveParams", "Stripe.PaymentIntent"),
            ("POST", ["v1", "payment_intents", _, "confirm"]) => new("Stripe.PaymentIntentConfirmParams", "Stripe.PaymentIntent"),
            ("POST", ["v1", "payment_intents", _, "cancel"]) => new("Stripe.PaymentIntentCancelParams", "Stripe.PaymentIntent"),
            ("POST", ["v1", "checkout", "sessions"]) => new("Stripe.Checkout.SessionCreateParams", "Stripe.Checkout.Session"),
            ("GET", ["v1", "checkout", "sessions", _]) => new("Stripe.Checkout.SessionRetrieveParams", "Stripe.Checkout.Session"),
            ("POST", ["v1", "checkout", "sessions", _, "expire"]) => new("Stripe.Checkout.SessionExpireParams", "Stripe.Checkout.Session"),
            ("POST", ["v1", "refunds"]) => new("Stripe.RefundCreateParams", "Stripe.Refund"),
            ("GET", ["v1", "refunds"]) => new("Stripe.RefundListParams", "Stripe.ApiList<Stripe.Refund>"),
            ("GET", ["v1", "refunds", _]) => new("Stripe.RefundRetrieveParams", "Stripe.Refund"),
            ("GET", ["v1", "charges", _]) => new("Stripe.ChargeRetrieveParams", "Stripe.Charge"),
            ("GET", ["v1", "disputes", _]) => new("Stripe.DisputeRetrieveParams", "Stripe.Dispute"),
            ("GET", ["v1", "payouts", _]) => new("Stripe.PayoutRetrieveParams", "Stripe.Payout"),
            ("GET", ["v1", "balance_transactions"]) => new("Stripe.BalanceTransactionListParams", "Stripe.ApiList<Stripe.BalanceTransaction>"),
            ("GET", ["v1", "events", _]) => new("Stripe.EventRetrieveParams", "Stripe.Event"),
            _ => null,
        };
    }
}
