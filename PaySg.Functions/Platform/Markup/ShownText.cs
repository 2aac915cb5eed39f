namespace PaySg.Functions.Platform.Markup;

/// <summary>Texts as payers see them, on pages and in mails.</summary>
internal static class ShownText
{
    /// <summary>
    /// The text in one line: what breaks lines or controls a terminal, a header or the direction of writing becomes a blank. So no field
    /// of a payment can begin a header, a line of its own, or a second mail.
    /// </summary>
    public static string OneLine(string? text)
    {
        var line = new StringBuilder(text?.Length ?? 0);
        foreach (var rune in (text ?? "").EnumerateRunes())
        {
            var isBlank = Rune.IsControl(rune) || Rune.IsWhiteSpace(rune) || IsDirection(rune);
            if (!isBlank)
            {
                line.Append(rune);
            }
            else if (line.Length > 0 && line[^1] != ' ')
            {
                line.Append(' ');
            }
        }

        return line.ToString().TrimEnd();
    }

    private static bool IsDirection(Rune rune) => rune.Value is 0x200E or 0x200F or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069);
}
