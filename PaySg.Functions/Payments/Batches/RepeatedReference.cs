namespace PaySg.Functions.Payments.Batches;

/// <summary>A reference that more than one line of a file has.</summary>
/// <param name="Reference">Its beginning, and a sign where there is more of it.</param>
/// <param name="Count">How many lines have it.</param>
/// <param name="Lines">Where the first of them begin.</param>
internal sealed record RepeatedReference(string Reference, int Count, IReadOnlyList<int> Lines);
