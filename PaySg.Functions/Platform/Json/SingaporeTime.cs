namespace PaySg.Functions.Platform.Json;

/// <summary>Times as PaySG prints them: ISO 8601 with milliseconds and the offset <c>+08:00</c>.</summary>
internal static class SingaporeTime
{
    private static readonly TimeSpan Offset = TimeSpan.FromHours(8);

    /// <summary>Such as <c>2023-08-03T17:36:52.634+08:00</c>.</summary>
    public static string Format(DateTimeOffset time) =>
        time.ToOffset(Offset).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'+08:00'", CultureInfo.InvariantCulture);

    /// <summary>The time cut to whole milliseconds: what is stored and shown is the same instant.</summary>
    public static DateTimeOffset NowInMilliseconds(this TimeProvider clock) =>
        DateTimeOffset.FromUnixTimeMilliseconds(clock.GetUtcNow().ToUnixTimeMilliseconds());
}
