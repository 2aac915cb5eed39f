using System.Buffers;

namespace PaySg.Functions.Platform.Json;

/// <summary>
/// Texts of a body that receivers print again before they verify its signature, as Singapay's do. Printers of JSON agree on all characters but these: Go and PHP
/// escape U+2028 and U+2029 even where all else beyond ASCII stays as it is; Go before 1.22 writes U+0008 and U+000C in six characters, others in two;
/// the hexadecimal digits of other control characters are capitals in .NET and in Java's Jackson; and .NET escapes U+007F to U+009F. Tab and line breaks are printed alike by all.
/// </summary>
internal static class SignedText
{
    private static readonly SearchValues<char> Uneven = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Concat(Enumerable.Range(0x7F, 0x21)).Select(code => (char)code).Except(['\t', '\n', '\r']), '\u2028', '\u2029']);

    /// <summary>What is wrong with a text, to stand behind "must not hold"; null: nothing.</summary>
    public static string? FaultIn(string text)
    {
        var index = text.AsSpan().IndexOfAny(Uneven);
        return index < 0
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"U+{(int)text[index]:X4} (character {index + 1}): receivers of webhooks print it in different ways and would refuse the signature. Leave it out, or use a space.");
    }

    /// <summary>The text with a blank in the place of each such character: what was stored before they were refused is signed too.</summary>
    public static string Of(string text) =>
        text.AsSpan().ContainsAny(Uneven) ? string.Concat(text.Select(static character => Uneven.Contains(character) ? ' ' : character)) : text;
}
