using System.Text;
using System.Text.Json;
using PaySg.Functions.Platform.Json;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Platform.Json;

public sealed class JsonStringifyEncoderTests
{
    [Fact]
    public async Task Texts_and_names_are_printed_as_JSON_stringify_prints_them()
    {
        var texts = Texts();

        var expected = await Node.MapAsync("text => JSON.stringify({ [text]: text })", texts);

        Assert.Equal(texts.Count, expected.Count);
        for (var i = 0; i < texts.Count; i++)
        {
            var printed = Encoding.UTF8.GetString(JsonText.Write(json =>
            {
                json.WriteStartObject();
                json.WriteString(texts[i], texts[i]);
                json.WriteEndObject();
            }));
            Assert.Equal(expected[i], printed);
        }
    }

    [Fact]
    public void A_printed_text_is_read_back_as_it_was()
    {
        var text = string.Concat(Enumerable.Range(0, 0x300).Select(code => (char)code)) + "\u2028\u2029漢字😀";

        var printed = JsonText.Write(json => json.WriteStringValue(text));

        Assert.Equal(text, JsonSerializer.Deserialize<string>(printed));
    }

    [Fact]
    public void A_text_longer_than_the_writers_buffer_is_printed_whole()
    {
        var text = new string('"', 100_000) + new string('é', 100_000);

        var printed = JsonText.Write(json => json.WriteStringValue(text));

        Assert.Equal(2 + 200_000 + 200_000, printed.Length);
        Assert.Equal(text, JsonSerializer.Deserialize<string>(printed));
    }

    private static List<string> Texts()
    {
        List<string> texts =
        [
            "", " ", "plain", "<>&+'/\"\\`=", "</script><!--", "a\"b\\c/d", "\u007F\u0080\u009F\u00A0\u00AD", "\u2028\u2029", "\uFEFFa", "\uFFFD\uFFFE\uFFFF",
            "😀", "a😀b😀", "👨‍👩‍👧", "שלום \u202Eabc", "e\u0301", "\U0010FFFF", "\U00010000",
            "\uD83D", "\uDE00", "a\uD83D", "\uDE00b", "\uDE00\uD83D", "\uD83D\uD83D\uDE00", "\uD83D\uDE00\uDE00", "\uD83D\"", "\n\uD83D", "x\uDFFFy\uD800z", "\"\uD83D\uDE00\uD83D",
        ];

        // Each control and each ASCII character alone and between others, and a sample of the basic plane.
        for (var code = 0; code < 0x100; code++)
        {
            texts.Add($"{(char)code}");
            texts.Add($"a{(char)code}é{(char)code}");
        }

        for (var code = 0x100; code < 0x10000; code += 61)
            texts.Add($"{(char)code}x");
        return texts;
    }
}
