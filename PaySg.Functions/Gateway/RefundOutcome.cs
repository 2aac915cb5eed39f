namespace PaySg.Functions.Gateway;

/// <summary>What is known of a refund once the gateway was asked.</summary>
/// <param name="State">What became of the refund.</param>
/// <param name="Reason">Why it was refused, in snake_case; null otherwise.</param>
/// <param name="Reference">The gateway's own name of it; null: it has none.</param>
internal sealed record RefundOutcome(RefundState State, string? Reason = null, string? Reference = null)
{
    /// <summary>There was no clear answer.</summary>
    public static readonly RefundOutcome NotKnown = new(RefundState.NotKnown);

    /// <summary>The gateway has never heard of it.</summary>
    public static readonly RefundOutcome Unknown = new(RefundState.Unknown);

    /// <summary>The money goes back.</summary>
    public static readonly RefundOutcome Succeeded = new(RefundState.Succeeded);

    /// <summary>Refused permanently.</summary>
    /// <param name="reason">Why, in snake_case.</param>
    public static RefundOutcome Refused(string reason) => new(RefundState.Refused, reason);
}
