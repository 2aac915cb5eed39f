using System.Globalization;

namespace PaySg.Functions.Http;

/// <summary>A time as callers write it: ISO 8601 with an offset, or Unix milliseconds.</summary>
public static class RequestTime
{
    /// <summary>What is said of anything else.</summary>
    public const string Expected = "must be a time: ISO 8601 with an offset, such as 2026-01-15T09:30:00.000+08:00, or Unix milliseconds.";

    private static readonly string[] Formats = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", "yyyy-MM-dd'T'HH:mmzzz", "yyyy-MM-dd'T'HH:mm'Z'"];

    /// <summary>The time; null where the text is none.</summary>
    public static DateTimeOffset? Parse(string? text)
    {
        if (text is null)
        {
            return null;
        }

        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds))
        {
            return milliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds() ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : null;
        }

        // A plus sign that was not escaped arrives as a space.
        var iso = text.Replace(' ', '+');
        return DateTimeOffset.TryParseExact(iso, Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
    }
}
