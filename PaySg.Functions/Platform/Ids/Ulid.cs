namespace PaySg.Functions.Platform.Ids;

/// <summary>
/// ULIDs: 26 characters of Crockford's base 32, of which the first 10 are the milliseconds of creation. They are written in upper case, and only so are they found.
/// </summary>
internal static class Ulid
{
    /// <summary>How many characters it has.</summary>
    public const int Length = 26;

    private const string Digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    public static string New(IRandomSource random, DateTimeOffset now)
    {
        // 48 bits of time and 80 random bits: the bytes of a UUID of version 7, but for its version and variant bits.
        var bytes = random.Bytes(16);
        var milliseconds = now.ToUnixTimeMilliseconds();
        for (var i = 0; i < 6; i++)
            bytes[i] = (byte)(milliseconds >> (40 - (8 * i)));

        return Print(UInt128.Parse(Convert.ToHexString(bytes), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
    }

    /// <summary>Whether the text has the form of one.</summary>
    public static bool IsValid(string? text) =>
        text is { Length: Length } && text[0] <= '7' && text.All(digit => Digits.Contains(digit, StringComparison.Ordinal));

    /// <summary>Its 128 bits.</summary>
    /// <exception cref="FormatException">The text is not one.</exception>
    public static UInt128 ValueOf(string text) => IsValid(text)
        ? text.Aggregate(UInt128.Zero, (sum, digit) => (sum << 5) | (uint)Digits.IndexOf(digit, StringComparison.Ordinal))
        : throw new FormatException("Not a ULID.");

    private static string Print(UInt128 value) => string.Create(Length, value, static (text, rest) =>
    {
        for (var i = text.Length - 1; i >= 0; i--)
        {
            text[i] = Digits[(int)(rest & 31)];
            rest >>= 5;
        }
    });
}
