using PaySg.Functions.Payments.Batches;

namespace PaySg.Functions.Dashboard.Batches;

/// <summary>What a file of payments holds.</summary>
/// <param name="Refusals">Why it cannot be read line by line; empty: it can.</param>
/// <param name="Lines">The payments, in their order; where there are mistakes, those that have none.</param>
/// <param name="Mistakes">What is wrong with other lines.</param>
/// <param name="TotalInCents">What the payments add up to.</param>
internal sealed record BatchFile(IReadOnlyList<string> Refusals, IReadOnlyList<BatchLine> Lines, IReadOnlyList<BatchMistake> Mistakes, long TotalInCents)
{
    /// <summary>References that more than one line has, be it right or wrong; null: there are none.</summary>
    public RepeatedReferences? Repeated { get; init; }

    /// <summary>How many payments a file may hold.</summary>
    public const int MostLines = 5000;

    /// <summary>How large a file may be, in bytes.</summary>
    public const int MostBytes = 5 * 1024 * 1024;

    /// <summary>A file that cannot be read line by line.</summary>
    public static BatchFile Refused(params IReadOnlyList<string> refusals) => new(refusals, [], [], 0);
}
