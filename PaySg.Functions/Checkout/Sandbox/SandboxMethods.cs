using PaySg.Functions.PaymentLinks;

namespace PaySg.Functions.Checkout.Sandbox;

/// <summary>The methods that the sandbox takes, and what it makes of them.</summary>
public static class SandboxMethods
{
    /// <summary>The token says the outcome: <c>succeeded</c>, <c>declined</c> or <c>pending</c>. For callers of the sandbox routes; payers are not offered it.</summary>
    public const string Simulated = "simulated";

    /// <summary>The token stands for a <see cref="TestCard"/>.</summary>
    public const string Card = "card";

    /// <summary>The payer scans a QR code; decided later. The token is empty.</summary>
    public const string PayNow = "paynow";

    /// <summary>
    /// What becomes of a charge by this method. Besides the methods above it knows the codes of <see cref="PaymentLinkMethods"/> but for cards: the payer
    /// scans, transfers, confirms or pays at a counter, which is decided later.
    /// </summary>
    /// <exception cref="ArgumentException">The sandbox does not know it.</exception>
    public static ChargeOutcome OutcomeOf(PaymentMethod method)
    {
        ArgumentNullException.ThrowIfNull(method);
        return (method.Kind, method.Token) switch
        {
            (Simulated, "succeeded") => new ChargeOutcome(ChargeState.Succeeded),
            (Simulated, "declined") => new ChargeOutcome(ChargeState.Declined, "card_declined"),
            (Simulated, "pending") => new ChargeOutcome(ChargeState.Pending),
            (PayNow, "") => new ChargeOutcome(ChargeState.Pending),
            (var code, "") when PaymentLinkMethods.Find(code) is { Group: not PaymentLinkMethod.Card } => new ChargeOutcome(ChargeState.Pending),
            (Card, var token) when TestCard.OutcomeOf(token) is { } outcome => outcome,
            _ => throw new ArgumentException("The sandbox gateway does not know this method.", nameof(method)),
        };
    }

    /// <summary>Whether a charge by this method can never be refunded.</summary>
    public static bool RefusesRefunds(PaymentMethod method)
    {
        ArgumentNullException.ThrowIfNull(method);
        return method.Kind == Card && TestCard.RefusesRefundsOf(method.Token);
    }
}
