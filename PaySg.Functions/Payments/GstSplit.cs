namespace PaySg.Functions.Payments;

/// <summary>What of an amount is goods and services tax. Amounts include the tax.</summary>
/// <param name="RateBasisPoints">The rate, in hundredths of a percent.</param>
/// <param name="NetInCents">The amount without the tax.</param>
/// <param name="TaxInCents">The tax: amount × rate ÷ (100 % + rate), to the nearest cent, half a cent up.</param>
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
    public static GstSplit? Of(long amountInCents, int? rateBasisPoints)
    {
        if (rateBasisPoints is not { } rate)
            return null;

        var tax = ((2 * amountInCents * rate) + Whole + rate) / (2 * (Whole + rate));
        return new GstSplit(rate, amountInCents - tax, tax);
    }
}
