namespace PaySg.Functions.Gateway;

/// <summary>An amount of money, always a whole number.</summary>
/// <param name="Amount">In the unit that the API of the currency counts in: cents of <c>SGD</c>, whole rupiah of <c>IDR</c>.</param>
/// <param name="Currency">The currency's code (ISO 4217).</param>
internal readonly record struct Money(long Amount, string Currency)
{
    /// <summary>An amount in cents of a Singapore dollar.</summary>
    public static Money OfCents(long cents) => new(cents, "SGD");

    /// <summary>An amount in whole rupiah.</summary>
    public static Money OfRupiah(long rupiah) => new(rupiah, "IDR");
}
