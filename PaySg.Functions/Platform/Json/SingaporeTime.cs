namespace PaySg.Functions.Platform.Json;

/// <summary>Times as PaySG prints them: ISO 8601 with milliseconds and the offset <c>+08:00</c>.</summary>
internal static class SingaporeTime
{
    /// <summary>The offset of Singapore from UTC, the whole year.</summary>
    public static readonly TimeSpan Offset = TimeSpan.FromHours(8);

    private const string Form = "yyyy-MM-dd'T'HH:mm:ss.fff'+08:00'";

    /// <summary>Such as <c>2023-08-03T17:36:52.634+08:00</c>.</summary>
    public static string Format(DateTimeOffset time) => time.ToOffset(Offset).ToString(Form, CultureInfo.InvariantCulture);

    /// <summary>Writes the same as a property; null where there is no time.</summary>
    public static void WriteSingaporeTime(this Utf8JsonWriter json, string name, DateTimeOffset? time)
    {
        if (time is not { } given)
        {
            json.WriteNull(name);
            return;
        }

        Span<char> text = stackalloc char[32];
        given.ToOffset(Offset).TryFormat(text, out var length, Form, CultureInfo.InvariantCulture);
        json.WriteString(name, text[..length]);
    }

    /// <summary>The time cut to whole milliseconds: what is stored and shown is the same instant.</summary>
    public static DateTimeOffset NowInMilliseconds(this TimeProvider clock) =>
        DateTimeOffset.FromUnixTimeMilliseconds(clock.GetUtcNow().ToUnixTimeMilliseconds());
}
