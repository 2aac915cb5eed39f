using System.Text.Json.Serialization;

namespace PaySg.Functions.Payments.Batches;

/// <summary>How many lines of a batch are done.</summary>
/// <param name="Created">Lines that are payments now.</param>
/// <param name="Failed">Lines that were refused.</param>
/// <param name="Mailed">Payments whose link is mailed, or has been before.</param>
/// <param name="NotMailed">Payments without an address, no longer unpaid, or whose payer had too many emails.</param>
internal sealed record BatchProgress(int Created, int Failed, int Mailed, int NotMailed)
{
    public static BatchProgress None { get; } = new(0, 0, 0, 0);

    /// <summary>How many are done, however.</summary>
    [JsonIgnore]
    public int Lines => Created + Failed;

    /// <summary>Of <paramref name="all"/> lines, in whole percent, rounded down: 100 says that all are done.</summary>
    public int PercentOf(int all) => all == 0 ? 100 : (int)(100L * Lines / all);
}
