using Azure;

namespace PaySg.Functions.PaymentLinks;

/// <summary>A payment link as it was read, with the version that a change must name.</summary>
internal sealed record StoredPaymentLink(PaymentLink Link, ETag Version);
