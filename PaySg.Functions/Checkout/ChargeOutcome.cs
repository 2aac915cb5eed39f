namespace PaySg.Functions.Checkout;

/// <summary>A gateway's answer.</summary>
/// <param name="State">What became of the attempt.</param>
/// <param name="Reason">Why it was refused, in snake_case; null otherwise.</param>
public sealed record ChargeOutcome(ChargeState State, string? Reason = null);
