namespace PaySg.Functions.Payments.Batches;

/// <summary>A line of a batch's file.</summary>
/// <param name="Number">Where it begins in the file; the first line is 1.</param>
/// <param name="Json">What an e-service would send to create the payment.</param>
internal sealed record BatchLine(int Number, ReadOnlyMemory<byte> Json);
