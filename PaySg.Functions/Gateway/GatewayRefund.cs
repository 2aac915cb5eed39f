namespace PaySg.Functions.Gateway;

/// <summary>A refund as the gateway is told of it, made of stored data alone.</summary>
/// <param name="Charged">The attempt that was charged.</param>
/// <param name="Id">Names it, and is its key at the gateway: the same for each repetition.</param>
/// <param name="Amount">How much goes back.</param>
/// <param name="AskedAt">When it was asked for, to the millisecond.</param>
/// <param name="Reference">The gateway's own name of it; null: it has given none that we know of.</param>
internal sealed record GatewayRefund(GatewayAttempt Charged, string Id, Money Amount, DateTimeOffset AskedAt, string? Reference = null);
