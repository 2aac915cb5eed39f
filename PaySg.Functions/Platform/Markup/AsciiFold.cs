namespace PaySg.Functions.Platform.Markup;

/// <summary>Letters of the Latin script without what ASCII has not: <c>Café</c> becomes <c>Cafe</c>, and never <c>Caf</c>.</summary>
internal static class AsciiFold
{
    /// <summary>What Unicode takes apart into nothing that is ASCII.</summary>
    private static readonly Dictionary<int, string> Others = new()
    {
        ['ß'] = "ss",
        ['ẞ'] = "SS",
        ['æ'] = "ae",
        ['Æ'] = "AE",
        ['œ'] = "oe",
        ['Œ'] = "OE",
        ['ø'] = "o",
        ['Ø'] = "O",
        ['đ'] = "d",
        ['Đ'] = "D",
        ['ð'] = "d",
        ['Ð'] = "D",
        ['þ'] = "th",
        ['Þ'] = "Th",
        ['ł'] = "l",
        ['Ł'] = "L",
        ['ħ'] = "h",
        ['Ħ'] = "H",
        ['ŧ'] = "t",
        ['Ŧ'] = "T",
        ['ŋ'] = "ng",
        ['Ŋ'] = "NG",
        ['ı'] = "i",
        ['ĸ'] = "k",
        ['ə'] = "e",
        ['Ə'] = "E",
        ['‘'] = "'",
        ['’'] = "'",
        ['“'] = "\"",
        ['”'] = "\"",
        ['‐'] = "-",
        ['–'] = "-",
        ['—'] = "-",
        ['−'] = "-",
        ['⁄'] = "/",
    };

    /// <summary>
    /// The text in printable ASCII: letters are taken apart and lose their marks (Unicode, normalization form KD), those that have no parts are replaced, what has
    /// no counterpart is left out, and blanks are single. Empty where nothing is left, as of a name in Chinese or Tamil.
    /// </summary>
    public static string Of(string? text)
    {
        var folded = new StringBuilder();

        // Half of a pair is replaced here, and left out below: it cannot be taken apart.
        var whole = string.Concat((text ?? "").EnumerateRunes());
        foreach (var rune in whole.Normalize(NormalizationForm.FormKD).EnumerateRunes())
            Append(folded, rune);

        return folded.ToString().TrimEnd(' ');
    }

    private static void Append(StringBuilder folded, Rune rune)
    {
        if (Rune.IsWhiteSpace(rune) || Rune.IsControl(rune))
        {
            if (folded.Length > 0 && folded[^1] != ' ')
                folded.Append(' ');
        }
        else if (rune.IsAscii)
        {
            folded.Append((char)rune.Value);
        }
        else if (Others.TryGetValue(rune.Value, out var letters))
        {
            folded.Append(letters);
        }
    }
}
