namespace PaySg.Functions.Platform.Http;

/// <summary>A time as callers write it: ISO 8601 with an offset (<see cref="IsoTime"/>), or Unix milliseconds.</summary>
internal static class RequestTime
{
    /// <summary>What is said of anything else.</summary>
    public const string Expected = "must be a time from 1970 to 9998: ISO 8601 with an offset, such as 2026-01-15T09:30:00.000+08:00, or Unix milliseconds, 13 digits, such as 1768440600000.";

    // Row keys hold times from 1970 on, and a time of the last hours of 9999 has none of its own in Singapore.
    private static readonly DateTimeOffset First = DateTimeOffset.UnixEpoch;
    private static readonly DateTimeOffset Behind = new(9999, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private const int MillisecondDigits = 13;

    /// <summary>Whether a time is one that can be stored, compared and shown in every zone that answers use.</summary>
    public static bool IsWithinBounds(DateTimeOffset time) => time >= First && time < Behind;

    /// <summary>
    /// The time; null where the text is none, or of a year that nobody means. Unix milliseconds have 13 digits from 2001 to 2286: ten digits are seconds, which read
    /// as milliseconds would be a day in January 1970. Zero is the same in every unit.
    /// </summary>
    public static DateTimeOffset? Parse(string? text)
    {
        if (text is null)
            return null;

        if (IsNumber(text))
        {
            var digits = text.TrimStart('0');
            return digits.Length is 0 or MillisecondDigits
                ? DateTimeOffset.FromUnixTimeMilliseconds(digits.Length == 0 ? 0 : long.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture))
                : null;
        }

        // A plus sign that was not escaped arrives as a space.
        return IsoTime.Read(text.Replace(' ', '+')) is { } time && IsWithinBounds(time) ? time : null;
    }

    /// <summary>The bound of a period: a time, or a day of Singapore, which counts as a whole: as an end, up to the next day. Null where the text is neither.</summary>
    public static DateTimeOffset? ParseBound(string text, bool isEnd)
    {
        if (!DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return Parse(text);

        // The first day that there is begins in Singapore before all time.
        if (day.Year < First.Year)
            return null;

        var start = new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), SingaporeTime.Offset);
        return !IsWithinBounds(start) ? null : isEnd ? start.AddDays(1) : start;
    }

    /// <summary>What is wrong with a text that is no time.</summary>
    public static string WhyNot(string text)
    {
        return (IsNumber(text) ? text.TrimStart('0').Length : 0) switch
        {
            10 => $"{Expected} {text} has ten digits and looks like seconds: times 1000 it is milliseconds.",
            16 => $"{Expected} {text} looks like microseconds: divide it by 1000.",
            19 => $"{Expected} {text} looks like nanoseconds: divide it by 1000000.",
            _ => Expected,
        };
    }

    /// <summary>A JSON number as a query would write it: 1.7684406e12 is 1768440600000. What is no whole number stays as it is, and is no time.</summary>
    internal static string TextOf(JsonElement number) => ExactNumber.WholeOf(number)?.ToString("F0", CultureInfo.InvariantCulture) ?? number.GetRawText();

    private static bool IsNumber(string text) => text.Length > 0 && text.All(char.IsAsciiDigit);
}
