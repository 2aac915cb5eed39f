namespace PaySg.Functions.Payments;

/// <summary>What of an amount is goods and services tax. Amounts include the tax.</summary>
/// <remarks>
/// One rule for all: the tax in a sum is sum × rate ÷ (100 % + rate), to the nearest cent, half a cent up. What a sum is made of, items or refunds in their
/// order, gets what the tax grows by with each of them. So the parts always add up to the tax in the whole, and none is more than a cent off its own.
/// </remarks>
/// <param name="RateBasisPoints">The rate, in hundredths of a percent.</param>
/// <param name="NetInCents">The amount without the tax.</param>
/// <param name="TaxInCents">The tax.</param>
internal sealed record GstSplit(int RateBasisPoints, long NetInCents, long TaxInCents)
{
    private const int Whole = 100_00;

    /// <summary>The rate as a percentage, such as <c>9</c> or <c>9.25</c>.</summary>
    public string Rate
    {
        get
        {
            var (percent, hundredths) = Math.DivRem(RateBasisPoints, 100);
            return hundredths == 0 ? $"{percent}" : $"{percent}.{hundredths:00}".TrimEnd('0');
        }
    }

    /// <summary>Splits an amount; null where no rate is stated.</summary>
    public static GstSplit? Of(long amountInCents, int? rateBasisPoints) =>
        rateBasisPoints is { } rate ? Of(amountInCents, TaxIn(amountInCents, rate), rate) : null;

    /// <summary>The split of an amount whose tax is known.</summary>
    public static GstSplit Of(long amountInCents, long taxInCents, int rateBasisPoints) => new(rateBasisPoints, amountInCents - taxInCents, taxInCents);

    /// <summary>The tax in an amount that is not negative, in cents.</summary>
    public static long TaxIn(long amountInCents, int rateBasisPoints) =>
        ((2 * amountInCents * rateBasisPoints) + Whole + rateBasisPoints) / (2 * (Whole + rateBasisPoints));

    /// <summary>Splits the parts of a whole, in their order.</summary>
    /// <param name="amountsInCents">The parts. One may be negative as long as no running sum is.</param>
    public static IReadOnlyList<GstSplit> OfParts(IEnumerable<long> amountsInCents, int rateBasisPoints)
    {
        var parts = new List<GstSplit>();
        var sum = 0L;
        foreach (var amount in amountsInCents)
        {
            var before = TaxIn(sum, rateBasisPoints);
            sum += amount;
            parts.Add(Of(amount, TaxIn(sum, rateBasisPoints) - before, rateBasisPoints));
        }

        return parts;
    }
}
