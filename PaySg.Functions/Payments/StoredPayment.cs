using Azure;

namespace PaySg.Functions.Payments;

/// <summary>A payment as it was read, with the version that a change must name.</summary>
internal sealed record StoredPayment(Payment Payment, ETag Version);
