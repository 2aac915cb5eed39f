using System.Globalization;
using System.Text;
using System.Text.Json;
using PaySg.Functions.Platform.Json;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Platform.Json;

public sealed class JsonStringifyEncoderPropertyTests
{
    [Fact]
    public void Every_text_is_read_back_as_it_was() => Properties.Hold(Properties.Texts, text =>
        Assert.Equal(text, JsonSerializer.Deserialize<string>(Print(text))));

    [Fact]
    public void Every_sequence_of_code_units_is_printed_so_that_JavaScript_reads_it_back() => Properties.Hold(Properties.CodeUnits, text =>
        Assert.Equal(text, ReadAsJavaScript(Print(text))));

    [Fact]
    public void A_text_that_is_UTF8_already_is_printed_like_any_other() => Properties.Hold(Properties.Texts, text =>
        Assert.Equal(Print(text), Encoding.UTF8.GetString(JsonText.Write(json => json.WriteStringValue(Encoding.UTF8.GetBytes(text))))));

    [Fact]
    public void Only_what_must_be_escaped_is_escaped() => Properties.Hold(Properties.CodeUnits, text =>
    {
        var expected = new StringBuilder("\"");
        for (var i = 0; i < text.Length; i++)
        {
            var isPair = char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]);
            if (isPair)
                expected.Append(text[i]).Append(text[++i]);
            else if ("\"\\\b\f\n\r\t".IndexOf(text[i], StringComparison.Ordinal) is >= 0 and var index)
                expected.Append('\\').Append("\"\\bfnrt"[index]);
            else if (text[i] < ' ' || char.IsSurrogate(text[i]))
                expected.Append($"\\u{(int)text[i]:x4}");
            else
                expected.Append(text[i]);
        }

        Assert.Equal(expected.Append('"').ToString(), Print(text));
    });

    private static string Print(string text) => Encoding.UTF8.GetString(JsonText.Write(json => json.WriteStringValue(text)));

    /// <summary>What the .NET reader refuses and JavaScript does not: escaped halves of pairs.</summary>
    private static string ReadAsJavaScript(string json)
    {
        var text = new StringBuilder();
        for (var i = 1; i < json.Length - 1; i++)
        {
            if (json[i] != '\\')
            {
                text.Append(json[i]);
            }
            else if (json[++i] == 'u')
            {
                text.Append((char)int.Parse(json.AsSpan(i + 1, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
                i += 4;
            }
            else
            {
                text.Append("\"\\\b\f\n\r\t"["\"\\bfnrt".IndexOf(json[i], StringComparison.Ordinal)]);
            }
        }

        return text.ToString();
    }
}
