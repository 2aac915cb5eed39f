using System.IO.Compression;
using System.Text;
using Azure.Data.Tables;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>The scan would be worth nothing if it overlooked what is written otherwise.</summary>
public sealed class WholeStoreTests
{
    private const string Text = "Lim Bee Hoon 陈美芬";

    public static TheoryData<string, byte[]> Written => new()
    {
        { "plain", Encoding.UTF8.GetBytes($"x{Text}y") },
        { "JSON", Encoding.UTF8.GetBytes($$"""{"a":"{{System.Text.Json.JsonEncodedText.Encode(Text)}}"}""") },
        { "JSON in small letters", Encoding.UTF8.GetBytes("""{"a":"Lim Bee Hoon \u9648\u7f8e\u82ac"}""") },
        { "URL", Encoding.UTF8.GetBytes($"?who={Uri.EscapeDataString(Text)}") },
        { "form", Encoding.UTF8.GetBytes("who=Lim+Bee+Hoon+%E9%99%88%E7%BE%8E%E8%8A%AC") },
        { "UTF-16", Encoding.Unicode.GetBytes($"x{Text}") },
        { "hexadecimal", Encoding.UTF8.GetBytes(Convert.ToHexStringLower(Encoding.UTF8.GetBytes("a" + Text))) },
        { "base64", Encoding.UTF8.GetBytes(Convert.ToBase64String(Encoding.UTF8.GetBytes(Text + "z"))) },
        { "base64, one later", Encoding.UTF8.GetBytes(Convert.ToBase64String(Encoding.UTF8.GetBytes($"a{Text}z"))) },
        { "base64, two later", Encoding.UTF8.GetBytes(Convert.ToBase64String(Encoding.UTF8.GetBytes($"ab{Text}"))) },
        { "gzip", Packed(stream => new GZipStream(stream, CompressionLevel.Fastest)) },
        { "brotli", Packed(stream => new BrotliStream(stream, CompressionLevel.Fastest)) },
    };

    [Theory]
    [MemberData(nameof(Written))]
    public void A_text_is_found_however_it_is_written(string how, byte[] content)
    {
        Assert.True(WholeStore.In(content, ["nobody", Text]).SequenceEqual([Text]), how);
        Assert.Equal([Text], WholeStore.In(new TableEntity("p", "r") { ["doc"] = content }, [Text]));
    }

    [Fact]
    public void A_text_is_found_in_keys_and_across_two_columns()
    {
        var bytes = Encoding.UTF8.GetBytes(Text);

        Assert.Equal([Text], WholeStore.In(new TableEntity("p", "r") { ["doc"] = bytes[..7], ["doc1"] = bytes[7..] }, [Text]));
        Assert.Equal(["S7654321Z"], WholeStore.In(new TableEntity("p", "f:S7654321Z"), ["S7654321Z"]));
    }

    private static byte[] Packed(Func<Stream, Stream> pack)
    {
        using var packed = new MemoryStream();
        using (var stream = pack(packed))
            stream.Write(Encoding.UTF8.GetBytes($"line\n{Text}\n"));
        return packed.ToArray();
    }
}
