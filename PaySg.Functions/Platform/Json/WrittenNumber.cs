using System.Runtime.InteropServices;

namespace PaySg.Functions.Platform.Json;

/// <summary>
/// A whole number in the form in which somebody wrote it in JSON, as a number (<c>20000</c>, <c>20000.00</c>) or as a text
/// (<c>"20000"</c>, <c>"20000.00"</c>), so that it can be printed again in that form. It is read digit by digit, never as floating point.
/// </summary>
/// <param name="Value">The number.</param>
/// <param name="Text">Its digits as they were written; those of its value where it was written with an exponent.</param>
/// <param name="IsText">Whether it stood in quotes.</param>
internal readonly record struct WrittenNumber(long Value, string Text, bool IsText)
{
    private const int Longest = 40;

    /// <summary>
    /// Reads a JSON number whose value is whole (<see cref="ExactNumber"/>), or a text of an optional minus, digits and perhaps a fraction of zeros;
    /// null for anything else: in a text an exponent, a plus, spaces, separators; another fraction; more than a 64-bit integer holds.
    /// </summary>
    public static WrittenNumber? Read(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Number => ReadNumber(element),
        JsonValueKind.String => ReadText(element),
        _ => null,
    };

    /// <summary>Writes it as it was written.</summary>
    public void WriteTo(Utf8JsonWriter json)
    {
        if (IsText)
        {
            json.WriteStringValue(Text);
        }
        else
        {
            json.WriteRawValue(Text);
        }
    }

    private static WrittenNumber? ReadNumber(JsonElement element)
    {
        if (ExactNumber.WholeOf(element) is not { } whole || whole is < long.MinValue or > long.MaxValue)
            return null;

        var written = Encoding.ASCII.GetString(JsonMarshal.GetRawUtf8Value(element));
        var value = (long)whole;
        return new WrittenNumber(
            value, written.Length > Longest || written.AsSpan().ContainsAny('e', 'E') ? value.ToString(CultureInfo.InvariantCulture) : written, IsText: false);
    }

    private static WrittenNumber? ReadText(JsonElement element)
    {
        // Digits need no escapes: an escaped one is not taken for a number.
        var text = JsonMarshal.GetRawUtf8Value(element)[1..^1];
        return text.Length <= Longest && long.TryParse(WholePart(text), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? new WrittenNumber(value, Encoding.ASCII.GetString(text), IsText: true)
            : null;
    }

    /// <summary>The part before a fraction of zeros, which may be empty or a sign; empty where the text has another form. Neither is a number.</summary>
    private static ReadOnlySpan<byte> WholePart(ReadOnlySpan<byte> text)
    {
        var digits = text.StartsWith("-"u8) ? text[1..] : text;
        var end = digits.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        if (end < 0)
            return text;

        var rest = digits[end..];
        return rest.Length > 1 && rest[0] == '.' && !rest[1..].ContainsAnyExcept((byte)'0') ? text[..^rest.Length] : default;
    }
}
