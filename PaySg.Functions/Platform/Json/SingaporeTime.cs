namespace PaySg.Functions.Platform.Json;

/// <summary>Times as PaySG prints them: ISO 8601 with milliseconds and the offset <c>+08:00</c>.</summary>
internal static class SingaporeTime
{
    /// <summary>The offset of Singapore from UTC, the whole year.</summary>
    public static readonly TimeSpan Offset = TimeSpan.FromHours(8);

    // .NET prints seven digits of a second in one stride, a form of one's own piece by piece: so the first three stay, and the offset moves up to them.
    private const string Whole = "O";
    private const int WholeLength = 33;
    private const int OffsetAt = 27;
    private const int Cut = 23;
    private const int Length = Cut + WholeLength - OffsetAt;

    /// <summary>Such as <c>2023-08-03T17:36:52.634+08:00</c>.</summary>
    public static string Format(DateTimeOffset time) => string.Create(Length, time, static (text, time) =>
    {
        Span<byte> printed = stackalloc byte[WholeLength];
        Encoding.ASCII.GetChars(Print(time, printed), text);
    });

    /// <summary>Writes the same as a property; null where there is no time.</summary>
    public static void WriteSingaporeTime(this Utf8JsonWriter json, string name, DateTimeOffset? time)
    {
        json.WritePropertyName(name);
        json.WriteSingaporeTimeValue(time);
    }

    /// <summary>The same with a name in UTF-8.</summary>
    public static void WriteSingaporeTime(this Utf8JsonWriter json, ReadOnlySpan<byte> name, DateTimeOffset? time)
    {
        json.WritePropertyName(name);
        json.WriteSingaporeTimeValue(time);
    }

    /// <summary>The time cut to whole milliseconds: what is stored and shown is the same instant.</summary>
    public static DateTimeOffset NowInMilliseconds(this TimeProvider clock) =>
        DateTimeOffset.FromUnixTimeMilliseconds(clock.GetUtcNow().ToUnixTimeMilliseconds());

    private static void WriteSingaporeTimeValue(this Utf8JsonWriter json, DateTimeOffset? time)
    {
        if (time is { } given)
        {
            Span<byte> printed = stackalloc byte[WholeLength];
            json.WriteStringValue(Print(given, printed));
        }
        else
        {
            json.WriteNullValue();
        }
    }

    private static ReadOnlySpan<byte> Print(DateTimeOffset time, Span<byte> room)
    {
        time.ToOffset(Offset).TryFormat(room, out _, Whole, CultureInfo.InvariantCulture);
        room[OffsetAt..].CopyTo(room[Cut..]);
        return room[..Length];
    }
}
