namespace PaySg.Functions.Gateway;

/// <summary>All legal changes of an attempt's status, each with its reason. What is not listed is not possible.</summary>
internal static class ChargeAttemptTransitions
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

    /// <summary>What an attempt becomes by a gateway's answer, and why where nothing was charged; null: the answer changes nothing.</summary>
    public static (ChargeAttemptStatus Status, string? FailureReason)? Next(ChargeAttemptStatus from, ChargeOutcome outcome)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        return outcome.State switch
        {
            ChargeState.Succeeded => (ChargeAttemptStatus.Succeeded, null),
            ChargeState.Declined => (ChargeAttemptStatus.Failed, outcome.Reason ?? "declined"),
            ChargeState.Voided or ChargeState.ChargedByAnother => (ChargeAttemptStatus.Failed, outcome.Reason ?? ChargeAttempt.Superseded),
            ChargeState.Pending when from == ChargeAttemptStatus.Begun => (ChargeAttemptStatus.Pending, null),
            _ => null,
        };
    }

    /// <summary>Whether nothing can follow but money that goes back.</summary>
    public static bool IsFinal(ChargeAttemptStatus status) => status is ChargeAttemptStatus.Succeeded or ChargeAttemptStatus.Failed;

    /// <summary>Whether the change is listed.</summary>
    public static bool Allows(ChargeAttemptStatus from, ChargeAttemptStatus to) => Edges.Any(edge => edge.From == from && edge.To == to);
}
