using Azure;

namespace PaySg.Functions.PaymentLinks;

/// <summary>An account's count of payment links as it was read.</summary>
/// <param name="Version">The version that a change must name; null: there is no such row yet.</param>
internal sealed record StoredPaymentLinkCount(PaymentLinkCount Count, ETag? Version);
