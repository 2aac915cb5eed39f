namespace PaySg.Functions.Checkout;

/// <summary>A gateway's definite answer to a refund.</summary>
/// <param name="Succeeded">Whether the money goes back; false: refused for good.</param>
/// <param name="Reason">Why it was refused, in snake_case; null otherwise.</param>
public sealed record RefundOutcome(bool Succeeded, string? Reason = null);
