namespace PaySg.Functions.PaymentLinks;

/// <summary>A page of an account's payment links.</summary>
/// <param name="Links">The links of the page, newest first.</param>
/// <param name="Total">How many links the account has.</param>
public sealed record PaymentLinkPage(IReadOnlyList<PaymentLink> Links, long Total);
