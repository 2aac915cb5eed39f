namespace PaySg.Functions.Gateway;

/// <summary>
/// Names an attempt to pay, for the gateway and for us. A gateway's notice is no more than that: how the attempt was decided is looked up, so a notice may be
/// late, doubled or forged.
/// </summary>
/// <param name="OwnerId">Whose money it is: a payment service or an account.</param>
/// <param name="ChargeId">What is paid for: a payment, or the attempt itself where it is on a link.</param>
internal sealed record AttemptKey(string OwnerId, string ChargeId, string AttemptId);
