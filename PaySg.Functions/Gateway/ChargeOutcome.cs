namespace PaySg.Functions.Gateway;

/// <summary>What is known of an attempt once the gateway was asked.</summary>
/// <param name="State">What became of the attempt.</param>
/// <param name="Reason">Why it was refused, in snake_case; null otherwise.</param>
public sealed record ChargeOutcome(ChargeState State, string? Reason = null)
{
    /// <summary>There was no clear answer.</summary>
    public static readonly ChargeOutcome NotKnown = new(ChargeState.NotKnown);
}
