using Stripe;
using Stripe.Checkout;

namespace PaySg.Functions.Gateway.Stripe;

/// <summary>
/// What Stripe's objects and errors mean for an attempt or a refund. What is not listed here is no answer: the object throws, and what became of the call is
/// found out later.
/// </summary>
/// <param name="isLive">Whether the objects must be of live mode.</param>
internal sealed class StripeOutcomes(bool isLive)
{
    /// <summary>The failure reason of an attempt whose time at Stripe was over.</summary>
    public const string Expired = "expired";

    private const string Currency = "sgd";

    /// <summary>Codes of errors that say for good that nothing is charged (API reference, "Error codes").</summary>
    private static readonly HashSet<string> ChargeRefusals =
        ["amount_too_large", "amount_too_small", "account_invalid", "payment_method_provider_decline", "payment_method_not_available", "payment_method_unactivated", "parameter_invalid_integer"];

    /// <summary>Codes of errors that say for good that nothing goes back.</summary>
    private static readonly HashSet<string> RefundRefusals =
        ["amount_too_large", "amount_too_small", "balance_insufficient", "charge_already_refunded", "charge_disputed", "charge_not_refundable", "insufficient_funds", "refund_disputed_payment"];

    /// <summary>What a payment intent says.</summary>
    public ChargeOutcome Of(PaymentIntent intent, GatewayAttempt attempt)
    {
        Check(intent.Id, intent.Livemode, intent.Currency, intent.Amount, intent.Metadata, attempt);
        return intent.Status switch
        {
            "succeeded" when intent.AmountReceived == attempt.Amount.Amount => new ChargeOutcome(ChargeState.Succeeded, Reference: intent.Id) { Card = CardOf(intent) },
            "succeeded" => throw new StripeMismatchException(intent.Id, $"{intent.AmountReceived} of {attempt.Amount.Amount} cents were received"),
            "canceled" => new ChargeOutcome(ChargeState.Voided, Reference: intent.Id),
            "processing" or "requires_action" => new ChargeOutcome(ChargeState.Pending, Reference: intent.Id, NextStep: NextStepOf(intent)),
            "requires_payment_method" when intent.LastPaymentError is { } error =>
                new ChargeOutcome(ChargeState.Declined, ReasonOf(error) ?? "declined", Reference: intent.Id),
            "requires_payment_method" or "requires_confirmation" => new ChargeOutcome(ChargeState.Unknown, Reference: intent.Id),
            var status => throw new InvalidDataException($"The payment intent {intent.Id} has the status '{status}', of which nothing is known."),
        };
    }

    /// <summary>What a Checkout session says. One that is paid names its payment intent, which must have been read with it.</summary>
    public ChargeOutcome Of(Session session, GatewayAttempt attempt)
    {
        Check(session.Id, session.Livemode, session.Currency, session.AmountTotal, session.Metadata, attempt);
        return (session.Status, session.PaymentStatus) switch
        {
            ("complete", "paid") => Of(session.PaymentIntent ?? throw new InvalidDataException($"The session {session.Id} is paid and names no payment intent."), attempt),
            ("complete", _) => new ChargeOutcome(ChargeState.Pending, Reference: session.Id),
            ("open", _) when session.Url is { Length: > 0 } url => new ChargeOutcome(ChargeState.Pending, Reference: session.Id, NextStep: NextStep.Redirect(url)),
            ("expired", _) => new ChargeOutcome(ChargeState.Voided, Expired, session.Id),
            var status => throw new InvalidDataException($"The session {session.Id} is '{status}', of which nothing is known."),
        };
    }

    /// <summary>What a refund says.</summary>
    public static RefundOutcome Of(Refund refund, GatewayRefund asked)
    {
        if (refund.Id is not { Length: > 0 })
            throw new InvalidDataException("A refund came without an id.");

        if (refund.Currency != Currency || refund.Amount != asked.Amount.Amount)
            throw new StripeMismatchException(refund.Id, $"it is {refund.Amount} {refund.Currency}, not {asked.Amount.Amount} {Currency}");

        if (refund.Metadata?.GetValueOrDefault(StripeMetadata.Refund) != asked.Id || StripeMetadata.Read(refund.Metadata) != asked.Charged.Key)
            throw new StripeMismatchException(refund.Id, "its metadata names another refund");

        return refund.Status switch
        {
            "succeeded" => new RefundOutcome(RefundState.Succeeded, Reference: refund.Id),
            "pending" or "requires_action" => new RefundOutcome(RefundState.Pending, Reference: refund.Id),
            "failed" or "canceled" => new RefundOutcome(RefundState.Refused, refund.FailureReason ?? refund.Status, refund.Id),
            var status => throw new InvalidDataException($"The refund {refund.Id} has the status '{status}', of which nothing is known."),
        };
    }

    /// <summary>What an error says of a charge for good; null: nothing.</summary>
    public static ChargeOutcome? ChargeRefusedBy(StripeException fault) => fault.StripeError is { } error && (error.Type == "card_error" || IsListed(fault, ChargeRefusals))
        ? new ChargeOutcome(ChargeState.Declined, ReasonOf(error) ?? "declined")
        : null;

    /// <summary>What an error says of a refund for good; null: nothing.</summary>
    public static RefundOutcome? RefundRefusedBy(StripeException fault) =>
        IsListed(fault, RefundRefusals) ? RefundOutcome.Refused(fault.StripeError.Code) : null;

    /// <summary>Whether the error says that the object is in a state in which it cannot be ended: then its state is the answer.</summary>
    public static bool IsOfState(StripeException fault) => fault.HttpStatusCode == System.Net.HttpStatusCode.BadRequest && fault.StripeError?.Type == "invalid_request_error";

    private static bool IsListed(StripeException fault, HashSet<string> codes) =>
        fault.HttpStatusCode == System.Net.HttpStatusCode.BadRequest && fault.StripeError?.Type != "idempotency_error" && fault.StripeError?.Code is { } code && codes.Contains(code);

    private static string? ReasonOf(StripeError error) => error.DeclineCode ?? error.Code;

    /// <summary>The card that was charged, where the charge was read with the intent.</summary>
    private static ChargedCard? CardOf(PaymentIntent intent) =>
        intent.LatestCharge?.PaymentMethodDetails?.Card is { } card ? ChargedCard.Of(card.Brand, card.Last4) : null;

    private static NextStep? NextStepOf(PaymentIntent intent) => intent.NextAction?.PaynowDisplayQrCode?.Data is { Length: > 0 } text ? NextStep.QrCode(text) : null;

    private void Check(string id, bool livemode, string currency, long? amount, IReadOnlyDictionary<string, string> metadata, GatewayAttempt attempt)
    {
        if (id is not { Length: > 0 })
            throw new InvalidDataException("An object came without an id.");

        if (livemode != isLive)
            throw new StripeMismatchException(id, $"it is of {(livemode ? "live" : "test")} mode");

        if (currency != Currency || amount != attempt.Amount.Amount || attempt.Amount.Currency != "SGD")
            throw new StripeMismatchException(id, $"it is {amount} {currency}, not {attempt.Amount.Amount} {Currency}");

        if (StripeMetadata.Read(metadata) != attempt.Key)
            throw new StripeMismatchException(id, "its metadata names another attempt");
    }
}
