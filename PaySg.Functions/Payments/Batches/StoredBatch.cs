using Azure;

namespace PaySg.Functions.Payments.Batches;

/// <summary>A batch as it was read, with the version that a change must name.</summary>
internal sealed record StoredBatch(PaymentBatch Batch, ETag Version);
