namespace PaySg.Functions.Gateway;

/// <summary>The state machine of an attempt: all legal changes of its status, each with its reason, and which of them an answer of the gateway makes.</summary>
internal static class ChargeAttempts
{
    /// <summary>The edges of the state machine.</summary>
    public static readonly IReadOnlyList<(ChargeAttemptStatus From, ChargeAttemptStatus To, string Reason)> Edges =
    [
        (ChargeAttemptStatus.Begun, ChargeAttemptStatus.Pending, "the gateway decides later"),
        (ChargeAttemptStatus.Begun, ChargeAttemptStatus.Succeeded, "the gateway charged the payer"),
        (ChargeAttemptStatus.Begun, ChargeAttemptStatus.Failed, "the gateway refused, or the attempt was voided"),
        (ChargeAttemptStatus.Begun, ChargeAttemptStatus.Refunding, "the gateway charged the payer too late"),
        (ChargeAttemptStatus.Pending, ChargeAttemptStatus.Refunding, "the gateway charged the payer too late"),
        (ChargeAttemptStatus.Failed, ChargeAttemptStatus.Refunding, "the gateway charged the payer after it had said that it would not"),
        (ChargeAttemptStatus.Refunding, ChargeAttemptStatus.Failed, "the late charge was refunded"),
        (ChargeAttemptStatus.Pending, ChargeAttemptStatus.Succeeded, "the gateway charged the payer at last"),
        (ChargeAttemptStatus.Pending, ChargeAttemptStatus.Failed, "the gateway refused at last, or the attempt was voided"),
    ];

    /// <summary>What an attempt becomes by what the gateway says of it; null: it changes nothing.</summary>
    /// <param name="from">Where the attempt stands.</param>
    /// <param name="outcome">What the gateway says.</param>
    /// <param name="isStillWanted">Whether what it is to pay can still be paid: if not, what was charged goes back.</param>
    public static ChargeAttemptState? Decide(ChargeAttemptState from, ChargeOutcome outcome, bool isStillWanted)
    {
        return (from.Status, outcome.State) switch
        {
            (ChargeAttemptStatus.Begun or ChargeAttemptStatus.Pending, ChargeState.Succeeded) =>
                new(isStillWanted ? ChargeAttemptStatus.Succeeded : ChargeAttemptStatus.Refunding),
            (ChargeAttemptStatus.Failed, ChargeState.Succeeded) when !from.GoesBack => new(ChargeAttemptStatus.Refunding),
            (ChargeAttemptStatus.Begun or ChargeAttemptStatus.Pending, ChargeState.Declined) => new(ChargeAttemptStatus.Failed, outcome.Reason ?? "declined"),
            (ChargeAttemptStatus.Begun or ChargeAttemptStatus.Pending, ChargeState.Voided or ChargeState.ChargedByAnother) =>
                new(ChargeAttemptStatus.Failed, outcome.Reason ?? ChargeAttempt.Superseded),
            (ChargeAttemptStatus.Begun, ChargeState.Pending) => new(ChargeAttemptStatus.Pending),
            _ => null,
        };
    }

    /// <summary>Whether nothing can follow but money that goes back.</summary>
    public static bool IsFinal(ChargeAttemptStatus status) => status is ChargeAttemptStatus.Succeeded or ChargeAttemptStatus.Failed;

    public static bool Allows(ChargeAttemptStatus from, ChargeAttemptStatus to) => Edges.Any(edge => edge.From == from && edge.To == to);
}
