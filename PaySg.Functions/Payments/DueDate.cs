namespace PaySg.Functions.Payments;

/// <summary>The day until which an agency would like to be paid, as the PaySG API writes it: <c>31-DEC-2026</c>.</summary>
internal static class DueDate
{
    /// <summary>How many characters it has.</summary>
    public const int Length = 11;

    private const string Format = "dd-MMM-yyyy";

    /// <summary>Such as <c>31-DEC-2026</c>.</summary>
    public static string Print(DateOnly day) => day.ToString(Format, CultureInfo.InvariantCulture).ToUpperInvariant();

    /// <summary>The day; null: the text is none, or not in upper case.</summary>
    public static DateOnly? Parse(string text) =>
        DateOnly.TryParseExact(text, Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && !text.Any(char.IsAsciiLetterLower) ? day : null;
}
