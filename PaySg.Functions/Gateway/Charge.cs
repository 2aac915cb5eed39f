namespace PaySg.Functions.Gateway;

/// <summary>
/// What a gateway is to charge, once at most: all attempts on one payment share a charge, so that two tabs cannot pay twice. Each attempt on a
/// payment link is a charge of its own.
/// </summary>
/// <param name="Id">The payment's id, or that of the link's attempt.</param>
/// <param name="OwnerId">Whose money it is: a payment service or an account.</param>
/// <param name="Amount">How much.</param>
public sealed record Charge(string Id, string OwnerId, Money Amount);
