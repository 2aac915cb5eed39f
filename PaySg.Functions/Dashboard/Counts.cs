namespace PaySg.Functions.Dashboard;

/// <summary>Numbers of things, as officers read them.</summary>
internal static class Counts
{
    /// <summary>Such as <c>5,000</c>.</summary>
    public static string Print(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>Such as <c>1 payment</c> and <c>5,000 payments</c>.</summary>
    public static string Payments(long number) => number == 1 ? "1 payment" : $"{Print(number)} payments";
}
