using System.Text;
using PaySg.Functions.Payments;
using PaySg.Functions.Platform.Json;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Payments;

public sealed class JavaScriptKeyOrderTests
{
    private static readonly string[][] Objects =
    [
        [],
        ["b", "a"],
        ["b", "10", "a", "9", "0"],
        ["01", "1", "00", "0", "-1", "-0", "+1", "1.0", "1e0", " 1", "1 "],
        ["4294967296", "4294967295", "4294967294", "4294967293", "x", "9999999999", "2147483648"],
        ["__proto__", "constructor", "toString", "length", "5"],
        ["٣", "３", "3", "Ⅲ"],
        ["zzz", "100", "20", "3", "case", "0x1", "1"],
    ];

    [Fact]
    public async Task Keys_are_in_the_order_in_which_JavaScript_prints_them_again()
    {
        var asSent = Objects.Select(keys => Print([.. keys.Select(Entry)])).ToList();

        var expected = await Node.MapAsync("text => JSON.stringify(JSON.parse(text))", asSent);

        Assert.Equal(expected, Objects.Select(keys => Print(JavaScriptKeyOrder.Of([.. keys.Select(Entry)]))));
    }

    private static KeyValuePair<string, string> Entry(string key) => new(key, $"value of {key}");

    private static string Print(IReadOnlyList<KeyValuePair<string, string>> entries) => Encoding.UTF8.GetString(JsonText.Write(json =>
    {
        json.WriteStartObject();
        foreach (var (key, value) in entries)
            json.WriteString(key, value);
        json.WriteEndObject();
    }));
}
