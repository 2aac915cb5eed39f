using System.Text.Encodings.Web;
using PaySg.Functions.Platform.Markup;

namespace PaySg.Functions.Dashboard.Developers;

/// <summary>Text that others have made, line by line: JSON is indented, and nothing in a line is more than text.</summary>
internal static class Preformatted
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A block that a keyboard can scroll.</summary>
    /// <param name="label">What it is, for whoever does not see it.</param>
    public static Html Block(string label, string text) => Html.Of($"""<pre tabindex="0" aria-label="{label}">{Lines(text)}</pre>""");

    /// <summary>The same of bytes that may be JSON.</summary>
    public static Html Block(string label, ReadOnlyMemory<byte> bytes) => Block(label, Indent(bytes));

    private static Html Lines(string text) => Html.Join(text.ReplaceLineEndings("\n").Split('\n').Select(static line =>
    {
        var content = line.TrimStart(' ');
        return new Html(new string(' ', line.Length - content.Length) + Html.Of($"{content}").Text);
    }));

    private static string Indent(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            using var json = JsonDocument.Parse(bytes);
            using var buffer = new MemoryStream();
            using (var writer = new Utf8JsonWriter(buffer, Indented))
                json.WriteTo(writer);
            return Encoding.UTF8.GetString(buffer.ToArray());
        }
        catch (JsonException)
        {
            return Encoding.UTF8.GetString(bytes.Span);
        }
    }
}
