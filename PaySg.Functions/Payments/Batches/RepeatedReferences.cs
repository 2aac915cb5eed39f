namespace PaySg.Functions.Payments.Batches;

/// <summary>References that more than one line of a file has: allowed, as by the API, and mostly not meant. It is kept small, however many there are.</summary>
/// <param name="Count">How many references that are.</param>
/// <param name="First">The first of them, in the order of the file.</param>
internal sealed record RepeatedReferences(int Count, IReadOnlyList<RepeatedReference> First)
{
    private const int MostTold = 10;
    private const int MostLines = 5;
    private const int LongestReference = 40;

    /// <summary>Those of the lines of a file; null: there are none.</summary>
    public static RepeatedReferences? Among(IEnumerable<(int Line, string Reference)> lines)
    {
        var repeated = lines
            .Where(static line => line.Reference.Length > 0)
            .GroupBy(static line => line.Reference, static line => line.Line, StringComparer.Ordinal)
            .Where(static group => group.Count() > 1)
            .ToList();
        return repeated.Count == 0
            ? null
            : new RepeatedReferences(repeated.Count, [.. repeated.Take(MostTold).Select(static group => new RepeatedReference(BeginningOf(group.Key), group.Count(), [.. group.Take(MostLines)]))]);
    }

    private static string BeginningOf(string reference) => reference.Length <= LongestReference ? reference : TextStart.Of(reference, LongestReference) + "…";
}
