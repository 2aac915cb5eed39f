namespace PaySg.Functions.Dashboard.Payments;

/// <summary>Amounts as officers type them: dollars, with two decimals or none.</summary>
internal static class Dollars
{
    /// <summary>What is said of anything else.</summary>
    public const string Expected = "Enter dollars and cents, such as 11.30: digits, one dot and two decimals.";

    private const int MostDigits = 7;

    /// <summary>The cents; null where the text is no amount. Commas, signs, exponents and a third decimal are mistakes, not amounts.</summary>
    public static long? Parse(string text)
    {
        var parts = text.Split('.');
        if (parts.Length > 2 || parts[0].Length is 0 or > MostDigits || (parts.Length == 2 && parts[1].Length != 2) || !parts.All(static part => part.All(char.IsAsciiDigit)))
            return null;

        var dollars = long.Parse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture);
        return (dollars * 100) + (parts.Length == 2 ? long.Parse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture) : 0);
    }

    /// <summary>Such as <c>11.30</c>.</summary>
    public static string Print(long cents) => string.Create(CultureInfo.InvariantCulture, $"{cents / 100}.{cents % 100:00}");
}
