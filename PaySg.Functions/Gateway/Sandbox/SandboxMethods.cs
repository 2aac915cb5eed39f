namespace PaySg.Functions.Gateway.Sandbox;

/// <summary>The methods that the sandbox takes, and what it makes of them.</summary>
internal static class SandboxMethods
{
    /// <summary>The token says the outcome: <c>succeeded</c>, <c>declined</c> or <c>pending</c>. For callers of the sandbox routes; payers are not offered it.</summary>
    public const string Simulated = "simulated";

    /// <summary>Who calls the sandbox routes, as records of idempotency keys name it: payers have no key of their own.</summary>
    public const string Payer = "payer";

    /// <summary>What becomes of a charge by this method.</summary>
    /// <param name="method">One of the methods above, or one that is decided later.</param>
    /// <param name="decidedLater">Further methods, of which no token is needed.</param>
    /// <exception cref="ArgumentException">The sandbox does not know it.</exception>
    public static ChargeOutcome OutcomeOf(PaymentMethod method, params IEnumerable<MethodsDecidedLater> decidedLater)
    {
        return (method.Kind, method.Token) switch
        {
            (Simulated, "succeeded") => new ChargeOutcome(ChargeState.Succeeded),
            (Simulated, "declined") => new ChargeOutcome(ChargeState.Declined, "card_declined"),
            (Simulated, "pending") => new ChargeOutcome(ChargeState.Pending),
            (MethodKinds.PayNow, "") => new ChargeOutcome(ChargeState.Pending),
            (var kind, "") when decidedLater.Any(methods => methods.Kinds.Contains(kind)) => new ChargeOutcome(ChargeState.Pending),
            (MethodKinds.Card, var token) when TestCard.OutcomeOf(token) is { } outcome =>
                outcome.State == ChargeState.Declined ? outcome : outcome with { Card = TestCard.ShownOf(token) },
            _ => throw new ArgumentException("The sandbox gateway does not know this method.", nameof(method)),
        };
    }

    /// <summary>Whether a charge by this method can never be refunded.</summary>
    public static bool RefusesRefunds(PaymentMethod method) => method.Kind == MethodKinds.Card && TestCard.RefusesRefundsOf(method.Token);
}
