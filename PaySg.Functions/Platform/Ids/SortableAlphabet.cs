using System.Buffers;

namespace PaySg.Functions.Platform.Ids;

/// <summary>
/// The 64 URL-safe characters in ASCII order. Numbers written with them sort as text, and the complement of a
/// text, digit by digit, sorts in the opposite order: that is how a table that only scans forward gives newest first.
/// </summary>
internal static class SortableAlphabet
{
    private const string Characters = "-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";
    private const string LettersAndFigures = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static readonly SearchValues<char> Allowed = SearchValues.Create(Characters);

    /// <summary>Whether each character belongs to the alphabet.</summary>
    public static bool Contains(ReadOnlySpan<char> text) => !text.ContainsAnyExcept(Allowed);

    /// <summary>Writes the number in <paramref name="length"/> digits of 6 bits each.</summary>
    public static string Encode(long value, int length) => string.Create(length, value, static (digits, number) =>
    {
        for (var i = digits.Length - 1; i >= 0; i--, number >>= 6)
            digits[i] = Characters[(int)(number & 63)];
    });

    /// <summary>
    /// Random digits. The last is a letter or a figure: what finds links in chats and mails leaves a dash at the end of an address out, and a double click does so with
    /// keys and secrets. That costs a twentieth of a bit.
    /// </summary>
    public static string Random(IRandomSource random, int length) =>
        string.Create(length, random.Bytes(length + 1), static (digits, bytes) =>
        {
            for (var i = 0; i < digits.Length; i++)
                digits[i] = Characters[bytes[i] & 63];

            // Two bytes, so that each of the 62 is as probable as the others to a thousandth.
            digits[^1] = LettersAndFigures[((bytes[^2] << 8) | bytes[^1]) % LettersAndFigures.Length];
        });

    /// <summary>Each digit d becomes 63 − d. Twice gives the text itself.</summary>
    public static string Complement(string text) => string.Create(text.Length, text, static (digits, source) =>
    {
        for (var i = 0; i < digits.Length; i++)
            digits[i] = Characters[63 - Characters.IndexOf(source[i], StringComparison.Ordinal)];
    });
}
