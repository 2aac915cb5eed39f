namespace PaySg.Functions.Gateway;

/// <summary>A gateway's word that an attempt is decided. It does not say how: that is looked up, so a notice may be late, doubled or forged.</summary>
/// <param name="OwnerId">Whose money it is: a payment service or an account.</param>
/// <param name="ChargeId">The charge.</param>
/// <param name="AttemptId">The attempt.</param>
public sealed record GatewayNotice(string OwnerId, string ChargeId, string AttemptId);
