namespace PaySg.Functions.Platform.Idempotency;

/// <summary>Whose idempotency keys they are, and where their records lie: beside the effect of the call.</summary>
/// <param name="CallerId">Names the caller: keys of two callers never meet.</param>
/// <param name="Table">Where the call's effect is written.</param>
/// <param name="PartitionKey">The partition of the effect.</param>
internal sealed record KeySpace(string CallerId, TableClient Table, string PartitionKey);
