using System.Net.Http.Headers;
using PaySg.Functions.Platform.Outbox;

namespace PaySg.Functions.Webhooks.Delivery;

/// <summary>How long a receiver asks to be left alone: <c>Retry-After</c> (RFC 9110, section 10.2.3), in seconds or as a date.</summary>
internal static class RetryAfter
{
    /// <summary>The wait, of <see cref="RetrySchedule.LongestRetryAfter"/> at most; null: none is asked for.</summary>
    /// <param name="headers">The receiver's headers.</param>
    /// <param name="now">When they arrived.</param>
    public static TimeSpan? Read(HttpResponseHeaders headers, DateTimeOffset now)
    {
        var waits = headers.NonValidated.TryGetValues("Retry-After", out var values)
            ? values.Select(value => OfSeconds(value.Trim()) ?? OfDate(value, headers.Date, now)).OfType<TimeSpan>().Where(wait => wait > TimeSpan.Zero).ToList()
            : [];
        return waits.Count == 0 ? null : waits.Max() is var longest && longest < RetrySchedule.LongestRetryAfter ? longest : RetrySchedule.LongestRetryAfter;
    }

    // Any number of digits is a number of seconds: one that no integer holds is more than the cap.
    private static TimeSpan? OfSeconds(string text) =>
        text.Length == 0 || !text.All(char.IsAsciiDigit) ? null
        : long.TryParse(text, out var seconds) && seconds < (long)RetrySchedule.LongestRetryAfter.TotalSeconds ? TimeSpan.FromSeconds(seconds)
        : RetrySchedule.LongestRetryAfter;

    // By the receiver's clock where it tells its time: ours may be ahead of it, and then the wait would be shorter than what it means.
    private static TimeSpan? OfDate(string text, DateTimeOffset? receiversNow, DateTimeOffset now)
    {
        if (!RetryConditionHeaderValue.TryParse(text, out var parsed) || parsed.Date is not { } date)
            return null;

        var wait = date - now;
        return receiversNow is { } theirs && date - theirs is var byTheirs && byTheirs > wait ? byTheirs : wait;
    }
}
