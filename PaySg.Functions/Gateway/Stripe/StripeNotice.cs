namespace PaySg.Functions.Gateway.Stripe;

/// <summary>
/// A notice of Stripe's, as it is kept until it is worked on: what it is about, and nothing of what it says, because that is read again. It is the subject of
/// an outbox row: <c>{event}~{type}~{object}~{account}</c>.
/// </summary>
/// <param name="EventId">Stripe's id of the event, <c>evt_…</c>.</param>
/// <param name="Type">Such as <c>payment_intent.succeeded</c>.</param>
/// <param name="ObjectId">What has changed.</param>
/// <param name="Account">The connected account that it is about; null: our own.</param>
internal sealed record StripeNotice(string EventId, string Type, string ObjectId, string? Account)
{
    private const char Separator = '~';

    /// <summary>The types that are acted on.</summary>
    public static readonly IReadOnlyList<string> Types =
    [
        "checkout.session.completed",
        "checkout.session.expired",
        "checkout.session.async_payment_succeeded",
        "checkout.session.async_payment_failed",
        "payment_intent.succeeded",
        "payment_intent.payment_failed",
        "payment_intent.canceled",
        "refund.updated",
        "refund.failed",
        "charge.dispute.created",
        "charge.dispute.updated",
        "charge.dispute.funds_withdrawn",
        "charge.dispute.funds_reinstated",
        "charge.dispute.closed",
        "payout.reconciliation_completed",
        "payout.failed",
    ];

    /// <summary>What stands in the row's key.</summary>
    public string Subject => string.Join(Separator, EventId, Type, ObjectId, Account ?? "");

    /// <summary>Reads what <see cref="Subject"/> printed.</summary>
    public static StripeNotice Parse(string subject)
    {
        var parts = subject.Split(Separator);
        return new StripeNotice(parts[0], parts[1], parts[2], parts[3].Length > 0 ? parts[3] : null);
    }
}
