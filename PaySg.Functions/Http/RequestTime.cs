using System.Globalization;

namespace PaySg.Functions.Http;

/// <summary>A time as callers write it: ISO 8601 with an offset, or Unix milliseconds.</summary>
public static class RequestTime
{
    /// <summary>What is said of anything else.</summary>
    public const string Expected = "must be a time from 1970 to 9998: ISO 8601 with an offset, such as 2026-01-15T09:30:00.000+08:00, or Unix milliseconds.";

    // Row keys hold times from 1970 on, and a time of the last hours of 9999 has none of its own in Singapore.
    private static readonly DateTimeOffset First = DateTimeOffset.UnixEpoch;
    private static readonly DateTimeOffset Behind = new(9999, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly string[] Formats = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", "yyyy-MM-dd'T'HH:mmzzz", "yyyy-MM-dd'T'HH:mm'Z'"];

    /// <summary>Whether a time is one that can be stored, compared and shown in every zone that answers use.</summary>
    public static bool IsWithinBounds(DateTimeOffset time) => time >= First && time < Behind;

    /// <summary>The time; null where the text is none, or of a year that nobody means.</summary>
    public static DateTimeOffset? Parse(string? text)
    {
        if (text is null)
        {
            return null;
        }

        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds))
        {
            return milliseconds < Behind.ToUnixTimeMilliseconds() ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : null;
        }

        // A plus sign that was not escaped arrives as a space.
        var iso = text.Replace(' ', '+');
        return DateTimeOffset.TryParseExact(iso, Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) && IsWithinBounds(time) ? time : null;
    }
}
