namespace PaySg.Functions.Payments.Batches;

/// <summary>What became of some lines of a batch.</summary>
/// <param name="Created">The ids of the payments, by line.</param>
/// <param name="Mistakes">Why other lines became none: the rules are asked again when payments are created.</param>
internal sealed record BatchOutcome(IReadOnlyList<BatchPayment> Created, IReadOnlyList<BatchMistake> Mistakes);
