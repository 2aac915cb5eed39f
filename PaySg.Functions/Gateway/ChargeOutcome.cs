namespace PaySg.Functions.Gateway;

/// <summary>What is known of an attempt once the gateway was asked.</summary>
/// <param name="State">What became of the attempt.</param>
/// <param name="Reason">Why it was refused, in snake_case; null otherwise.</param>
/// <param name="Reference">The gateway's own name of the attempt; null: it has none, or none that is new.</param>
/// <param name="NextStep">What the payer has to do while it is pending; null: nothing that we can show.</param>
internal sealed record ChargeOutcome(ChargeState State, string? Reason = null, string? Reference = null, NextStep? NextStep = null)
{
    /// <summary>The card that is charged; null: none, or not known.</summary>
    public ChargedCard? Card { get; init; }

    /// <summary>There was no clear answer.</summary>
    public static readonly ChargeOutcome NotKnown = new(ChargeState.NotKnown);
}
