namespace PaySg.Functions.Gateway;

/// <summary>A payer, or their bank, asks for money back that was charged. The bank decides.</summary>
/// <param name="Id">The gateway's name of it.</param>
/// <param name="AmountInCents">How much is disputed, in cents.</param>
/// <param name="Reason">Why, in the gateway's words, in snake_case.</param>
/// <param name="Status">How it stands.</param>
/// <param name="OpenedAt">When it was opened.</param>
internal sealed record ChargeDispute(string Id, long AmountInCents, string Reason, DisputeStatus Status, DateTimeOffset OpenedAt)
{
    /// <summary>When we were told of it while it was open; null: only when it was decided, or by a release that did not write it down.</summary>
    public DateTimeOffset? ToldAt { get; init; }

    /// <summary>When it was decided; null: it is open.</summary>
    public DateTimeOffset? ClosedAt { get; init; }
}
