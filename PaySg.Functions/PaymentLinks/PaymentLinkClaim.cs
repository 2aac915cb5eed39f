namespace PaySg.Functions.PaymentLinks;

/// <summary>Who has a <c>reff_no</c>.</summary>
/// <param name="AccountId">The account.</param>
/// <param name="LinkId">The id of its link.</param>
public sealed record PaymentLinkClaim(string AccountId, long LinkId);
