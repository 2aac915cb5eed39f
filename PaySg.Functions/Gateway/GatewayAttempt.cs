namespace PaySg.Functions.Gateway;

/// <summary>
/// An attempt as the gateway is told of it: made of stored data alone, so that a call which is repeated later, by another process or release, is the same
/// call. All attempts on one payment share a charge, which succeeds once at most, so that two tabs cannot pay twice. Each attempt on a payment link is a
/// charge of its own.
/// </summary>
/// <param name="Key">Names it.</param>
/// <param name="Amount">What the payer is to be charged.</param>
/// <param name="Method">The kind of method that the payer chose.</param>
/// <param name="BegunAt">When it was begun, to the millisecond.</param>
/// <param name="Handle">How the gateway finds it; null: by nothing but its key.</param>
internal sealed record GatewayAttempt(AttemptKey Key, Money Amount, string Method, DateTimeOffset BegunAt, GatewayHandle? Handle = null);
