using System.Runtime.InteropServices;

namespace PaySg.Functions.Platform.Json;

/// <summary>
/// JSON numbers, read digit by digit and never as floating point. In JSON Schema (2020-12, section 4.2.3) a number is an integer by its value: 1130,
/// 1130.0 and 1.13e3 are one and the same.
/// </summary>
internal static class ExactNumber
{
    /// <summary>More than any bound of ours, whichever the sign: what is larger is read as this.</summary>
    public const decimal Huge = 1e27m;

    private const int MostDigits = 27;

    /// <summary>The number times a power of ten, where that is an integer; null where it is none.</summary>
    /// <param name="number">A JSON number.</param>
    /// <param name="shift">The power: 2 reads hundredths.</param>
    public static decimal? WholeOf(JsonElement number, int shift = 0) =>
        number.ValueKind != JsonValueKind.Number ? null
        : shift == 0 && number.TryGetInt64(out var digits) ? digits
        : WholeOf(Encoding.ASCII.GetString(JsonMarshal.GetRawUtf8Value(number)), shift);

    /// <summary>The same of a number's text, which must be one of JSON's grammar.</summary>
    public static decimal? WholeOf(string text, int shift = 0)
    {
        var parts = text.Split('e', 'E');
        var fractionLength = parts[0].Split('.').Skip(1).Sum(fraction => fraction.Length);
        var digits = parts[0].TrimStart('-').Replace(".", "", StringComparison.Ordinal).TrimStart('0');
        if (digits.Length == 0)
            return 0;

        var significant = digits.TrimEnd('0');
        var zeros = digits.Length - significant.Length + shift - fractionLength + parts.Skip(1).Sum(ExponentOf);
        if (zeros < 0)
            return null;

        var value = significant.Length + zeros > MostDigits ? Huge : decimal.Parse(significant + new string('0', (int)zeros), NumberStyles.None, CultureInfo.InvariantCulture);
        return text.StartsWith('-') ? -value : value;
    }

    // Far beyond what any number of digits that a body has room for could make up for.
    private static long ExponentOf(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var exponent) ? Math.Clamp(exponent, -int.MaxValue, int.MaxValue)
        : text.StartsWith('-') ? -int.MaxValue
        : int.MaxValue;
}
