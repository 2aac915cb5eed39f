using System.Net.Http.Headers;
using PaySg.Functions.Platform.Outbox;

namespace PaySg.Functions.Webhooks.Delivery;

/// <summary>How long a receiver asks to be left alone: <c>Retry-After</c> (RFC 9110, section 10.2.3), in seconds or as a date.</summary>
internal static class RetryAfter
{
    private static readonly long LongestInSeconds = (long)RetrySchedule.LongestRetryAfter.TotalSeconds;

    /// <summary>The wait, of <see cref="RetrySchedule.LongestRetryAfter"/> at most; null: none is asked for.</summary>
    /// <param name="headers">The receiver's headers.</param>
    /// <param name="now">When they arrived.</param>
    public static TimeSpan? Read(HttpResponseHeaders headers, DateTimeOffset now)
    {
        if (!headers.NonValidated.TryGetValues("Retry-After", out var values))
            return null;

        var longest = values.SelectMany(value => new[] { OfSeconds(value.Trim()), OfDate(value, headers.Date, now) }).Max();
        return longest > TimeSpan.Zero ? new[] { longest.Value, RetrySchedule.LongestRetryAfter }.Min() : null;
    }

    // Any number of digits is a number of seconds: one that no integer holds is more than the cap.
    private static TimeSpan? OfSeconds(string text) =>
        text.Length == 0 || !text.All(char.IsAsciiDigit) ? null
        : TimeSpan.FromSeconds(long.TryParse(text, out var seconds) ? Math.Min(seconds, LongestInSeconds) : LongestInSeconds);

    // By the receiver's clock where it tells its time: ours may be ahead of it, and then the wait would be shorter than what it means.
    private static TimeSpan? OfDate(string text, DateTimeOffset? receiversNow, DateTimeOffset now)
    {
        return RetryConditionHeaderValue.TryParse(text, out var parsed) ? new[] { parsed.Date - now, parsed.Date - receiversNow }.Max() : null;
    }
}
