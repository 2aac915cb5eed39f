namespace PaySg.Functions.Platform.Http;

/// <summary>
/// E-mail addresses as JSON Schema's format <c>idn-email</c> has them: a dot-atom (RFC 5322, section 3.2.3), an at sign and a domain of two labels or more, within the
/// lengths of RFC 5321, section 4.5.3.1. Quoted local parts and addresses in brackets are none: no payer has one. Characters beyond ASCII are taken (RFC 6531).
/// </summary>
internal static class EmailAddress
{
    /// <summary>The longest, in bytes of UTF-8: a path of 256 (RFC 5321) less its two brackets.</summary>
    public const int MaxBytes = 254;

    private const int MaxLocalBytes = 64;
    private const int MaxDomainBytes = 253;
    private const int MaxLabel = 63;
    private const string AtomMarks = "!#$%&'*+/=?^_`{|}~-";

    private static readonly IdnMapping Names = new() { UseStd3AsciiRules = true };

    /// <summary>Whether the text is an address and nothing else.</summary>
    public static bool IsValid(string text)
    {
        var at = text.IndexOf('@', StringComparison.Ordinal);
        return at > 0 && Encoding.UTF8.GetByteCount(text) <= MaxBytes && IsLocalPart(text[..at]) && IsDomain(text[(at + 1)..]);
    }

    /// <summary>Whether it can be mailed only by a relay that speaks SMTPUTF8: a domain beyond ASCII has a form in ASCII, a local part has none.</summary>
    public static bool NeedsSmtpUtf8(string address) => address.AsSpan(0, Math.Max(0, address.LastIndexOf('@'))).ContainsAnyExceptInRange('\0', '\u007f');

    private static bool IsLocalPart(string text) =>
        Encoding.UTF8.GetByteCount(text) <= MaxLocalBytes && Array.TrueForAll(text.Split('.'), static atom => atom.Length > 0 && IsAtom(atom));

    private static bool IsAtom(string atom)
    {
        for (var i = 0; i < atom.Length;)
        {
            if (!Rune.TryGetRuneAt(atom, i, out var rune) || !IsAtomText(rune))
                return false;

            i += rune.Utf16SequenceLength;
        }

        return true;
    }

    private static bool IsAtomText(Rune rune) => rune.IsAscii
        ? char.IsAsciiLetterOrDigit((char)rune.Value) || AtomMarks.Contains((char)rune.Value, StringComparison.Ordinal)
        : Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.LetterNumber or UnicodeCategory.OtherSymbol
            or UnicodeCategory.ConnectorPunctuation or UnicodeCategory.DashPunctuation or UnicodeCategory.OtherPunctuation;

    private static bool IsDomainText(Rune rune) => rune.IsAscii
        || Rune.IsLetterOrDigit(rune)
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    private static bool IsDomain(string text)
    {
        // The mapping to ASCII would pass over what is no letter, such as a soft hyphen: the text that is stored would be another address's.
        if (text.Length is 0 or > MaxDomainBytes || text.EndsWith('.') || !text.EnumerateRunes().All(IsDomainText))
            return false;

        try
        {
            var ascii = Names.GetAscii(text);
            var labels = ascii.Split('.');
            return ascii.Length <= MaxDomainBytes
                && labels.Length > 1
                && Array.TrueForAll(labels, static label => label.Length is > 0 and <= MaxLabel
                    && label[0] != '-' && label[^1] != '-' && label.All(static character => char.IsAsciiLetterOrDigit(character) || character == '-'));
        }
        catch (ArgumentException)
        {
            // An empty or overlong label, or a character that no host name has.
            return false;
        }
    }
}
