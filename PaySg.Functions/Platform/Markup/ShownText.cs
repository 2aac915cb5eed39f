namespace PaySg.Functions.Platform.Markup;

/// <summary>Texts as payers see them, on pages and in mails.</summary>
internal static class ShownText
{
    private static readonly TimeSpan Singapore = TimeSpan.FromHours(8);

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

    /// <summary>Such as <c>S$11.30</c>, and <c>−S$0.50</c> of what is taken off.</summary>
    public static string Amount(long cents)
    {
        var (dollars, rest) = Math.DivRem(Math.Abs(cents), 100);
        return string.Create(CultureInfo.InvariantCulture, $"{(cents < 0 ? "−" : "")}S${dollars:N0}.{rest:00}");
    }

    /// <summary>Such as <c>Rp 20.000</c>, and <c>−Rp 5.000</c> of what is taken off: whole rupiah, grouped as in Indonesia.</summary>
    public static string Rupiah(long rupiah)
    {
        var digits = Count(Math.Abs(rupiah));
        return rupiah < 0 ? $"−Rp {digits}" : $"Rp {digits}";
    }

    /// <summary>Such as <c>1.000</c>: a number of things, grouped as in Indonesia.</summary>
    public static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture).Replace(',', '.');

    /// <summary>Such as <c>19 Jul 2026, 14:04 (Jakarta time)</c>.</summary>
    public static string TimeInJakarta(DateTimeOffset time) =>
        time.ToOffset(JakartaTime.Offset).ToString("d MMM yyyy, HH:mm '(Jakarta time)'", CultureInfo.InvariantCulture);

    /// <summary>The date in Singapore, such as <c>19 Jul 2026</c>.</summary>
    public static string Date(DateTimeOffset time) => time.ToOffset(Singapore).ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>Such as <c>19 Jul 2026, 15:04 (Singapore time)</c>.</summary>
    public static string Time(DateTimeOffset time) =>
        time.ToOffset(Singapore).ToString("d MMM yyyy, HH:mm '(Singapore time)'", CultureInfo.InvariantCulture);

    private static bool IsDirection(Rune rune) => rune.Value is 0x200E or 0x200F or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069);
}
