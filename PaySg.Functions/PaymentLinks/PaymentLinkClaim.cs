namespace PaySg.Functions.PaymentLinks;

/// <summary>Who has a <c>reff_no</c>. Permanent.</summary>
/// <param name="ReffNo">It.</param>
/// <param name="LinkId">Where its link was meant to be when the claim was written last.</param>
internal sealed record PaymentLinkClaim(string ReffNo, string AccountId, long LinkId);
