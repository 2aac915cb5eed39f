using System.Text.RegularExpressions;

namespace PaySg.Functions.Platform.Json;

/// <summary>
/// Times of ISO 8601 in the profile of RFC 3339: <c>T</c> and <c>Z</c> in either case, any number of digits after the seconds, which are cut to milliseconds.
/// A leap second (23:59:60 in UTC) is read as the first moment after it, as clocks that know none show it.
/// </summary>
internal static partial class IsoTime
{
    private const int LeapSecond = 60;

    /// <summary>The time; null where the text is none. Seconds may be missing.</summary>
    /// <param name="offsetWhereNone">The offset of a time that states none; null: it must state one, and be more than a date.</param>
    public static DateTimeOffset? Read(string text, TimeSpan? offsetWhereNone = null)
    {
        var match = Form().Match(text);
        if (!match.Success || OffsetOf(match.Groups["offset"].ValueSpan) is not { } offset)
            return null;

        offset = match.Groups["offset"].Success ? offset : offsetWhereNone ?? TimeSpan.MaxValue;
        var isLeap = match.Groups["second"].ValueSpan is "60";
        if (offset == TimeSpan.MaxValue
            || (offsetWhereNone is null && match.Groups["separator"].ValueSpan is not ("T" or "t"))
            || !DateOnly.TryParseExact(match.Groups["date"].ValueSpan, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            || NumberOf(match, "hour") is not (<= 23 and var hour)
            || NumberOf(match, "minute") is not (<= 59 and var minute)
            || NumberOf(match, "second") is not (<= LeapSecond and var second))
        {
            return null;
        }

        var local = date.ToDateTime(new TimeOnly(hour, minute, isLeap ? LeapSecond - 1 : second, isLeap ? 0 : Milliseconds(match.Groups["fraction"].ValueSpan)));
        var ticks = local.Ticks - offset.Ticks + (isLeap ? TimeSpan.TicksPerSecond : 0);
        return ticks >= DateTime.MinValue.Ticks && ticks <= DateTime.MaxValue.Ticks && (!isLeap || ticks % TimeSpan.TicksPerDay == 0)
            ? new DateTimeOffset(ticks, TimeSpan.Zero)
            : null;
    }

    private static int NumberOf(Match match, string group) =>
        match.Groups[group].Success ? int.Parse(match.Groups[group].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) : 0;

    private static int Milliseconds(ReadOnlySpan<char> fraction)
    {
        var digits = fraction[..Math.Min(3, fraction.Length)].ToString();
        return int.Parse(digits.PadRight(3, '0'), NumberStyles.None, CultureInfo.InvariantCulture);
    }

    /// <summary>None for <c>Z</c> and for a text without an offset; null for hours and minutes that are none.</summary>
    private static TimeSpan? OffsetOf(ReadOnlySpan<char> text)
    {
        if (text is "" or "Z" or "z")
            return TimeSpan.Zero;

        var hours = int.Parse(text[1..3], NumberStyles.None, CultureInfo.InvariantCulture);
        var minutes = int.Parse(text[^2..], NumberStyles.None, CultureInfo.InvariantCulture);
        var offset = new TimeSpan(hours, minutes, 0);
        return hours > 23 || minutes > 59 ? null : text[0] == '-' ? -offset : offset;
    }

    [GeneratedRegex(
        @"\A(?<date>[0-9]{4}-[0-9]{2}-[0-9]{2})((?<separator>[Tt ])(?<hour>[0-9]{2}):(?<minute>[0-9]{2})(:(?<second>[0-9]{2})(\.(?<fraction>[0-9]+))?)?(?<offset>[Zz]|[+-][0-9]{2}:?[0-9]{2})?)?\z",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Form();
}
