namespace PaySg.Functions.Platform.Http.Singapay;

/// <summary>Moments in requests of the Singapay API.</summary>
internal static class SingapayDate
{
    /// <summary>What is said of what is no <see cref="OfMilliseconds"/>.</summary>
    public const string MillisecondsExpected = "must be a time in epoch milliseconds, 13 digits, such as 1740960000000; ten digits would be seconds.";

    /// <summary>What is said of what is no <see cref="OfAnyForm"/>.</summary>
    public const string AnyFormExpected = "must be a date, such as 2026-12-31T23:59:59+07:00, 2026-12-31 23:59:59 (in Jakarta) or 1798736399000 (epoch milliseconds, 13 digits; ten would be seconds).";

    private const long FirstOf13Digits = 1_000_000_000_000;
    private const long LastOf13Digits = 9_999_999_999_999;

    /// <summary>
    /// Epoch milliseconds of 13 digits, as a number or as a text. Other numbers are refused: one of 10 digits would be seconds, and the link that is
    /// to run for a year would have run out in 1970.
    /// </summary>
    public static DateTimeOffset? OfMilliseconds(JsonElement value) =>
        WrittenNumber.Read(value) is { Value: >= FirstOf13Digits and <= LastOf13Digits } number && (!number.IsText || number.Text.Length == 13)
            ? DateTimeOffset.FromUnixTimeMilliseconds(number.Value)
            : null;

    /// <summary>The same, or a text as <see cref="OfText"/> reads it.</summary>
    public static DateTimeOffset? OfAnyForm(JsonElement value)
    {
        if (OfMilliseconds(value) is { } moment)
            return moment;

        return value.ValueKind == JsonValueKind.String && TryDecode(value, out var text) ? OfText(text) : null;
    }

    /// <summary>A text of ISO 8601 (<see cref="IsoTime"/>), with a space in place of the T too; a date alone is its first moment. Without an offset it is the time of Jakarta.</summary>
    public static DateTimeOffset? OfText(string text) => IsoTime.Read(text, JakartaTime.Offset) is { } time && RequestTime.IsWithinBounds(time) ? time : null;

    private static bool TryDecode(JsonElement value, out string text)
    {
        try
        {
            text = value.GetString()!;
            return true;
        }
        catch (InvalidOperationException)
        {
            // No UTF-8, or an escaped surrogate without its other half.
            text = "";
            return false;
        }
    }
}
