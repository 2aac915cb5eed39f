using System.Text;

namespace PaySg.LocalHost.Mailbox;

/// <summary>One part of a mail, and the parts inside it. Reads what the product writes, not all that MIME allows.</summary>
internal sealed class MimePart
{
    private readonly string raw;

    private MimePart(IReadOnlyDictionary<string, string> headers, string raw, IReadOnlyList<MimePart> parts)
    {
        Headers = headers;
        Parts = parts;
        this.raw = raw;
    }

    /// <summary>The headers by name, unfolded and decoded.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; }

    /// <summary>The parts of a multipart; none for any other.</summary>
    public IReadOnlyList<MimePart> Parts { get; }

    /// <summary>The media type, without parameters.</summary>
    public string MediaType => Header("Content-Type").Split(';')[0].Trim();

    /// <summary>The decoded content.</summary>
    public byte[] Content => Header("Content-Transfer-Encoding").Trim() is "base64"
        ? Convert.FromBase64String(string.Concat(raw.Where(c => !char.IsWhiteSpace(c))))
        : Encoding.UTF8.GetBytes(raw);

    /// <summary>The decoded content as text.</summary>
    public string Text => Encoding.UTF8.GetString(Content);

    /// <summary>This part and all below it.</summary>
    public IEnumerable<MimePart> All => Parts.SelectMany(part => part.All).Prepend(this);

    /// <summary>A header; empty if there is none.</summary>
    public string Header(string name) => Headers.GetValueOrDefault(name, "");

    /// <summary>Reads a mail or a part.</summary>
    public static MimePart Parse(string text)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        var end = Array.IndexOf(lines, "");
        var headers = Unfold(end < 0 ? lines : lines[..end]);
        var body = end < 0 ? [] : lines[(end + 1)..];
        var boundary = BoundaryOf(headers.GetValueOrDefault("Content-Type", ""));
        return new MimePart(headers, string.Join('\n', body), boundary is null ? [] : Split(body, boundary));
    }

    private static Dictionary<string, string> Unfold(IEnumerable<string> lines)
    {
        var unfolded = new List<string>();
        foreach (var line in lines)
        {
            if (line.StartsWith(' ') || line.StartsWith('\t'))
                unfolded[^1] += " " + line.TrimStart();
            else
                unfolded.Add(line);
        }

        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var parts in unfolded.Select(line => line.Split(':', 2)).Where(parts => parts.Length == 2))
            headers[parts[0]] = EncodedWords.Decode(parts[1].Trim());
        return headers;
    }

    private static string? BoundaryOf(string contentType)
    {
        var parameter = contentType.Split(';', StringSplitOptions.TrimEntries).FirstOrDefault(part => part.StartsWith("boundary=", StringComparison.OrdinalIgnoreCase));
        return parameter?["boundary=".Length..].Trim('"');
    }

    private static List<MimePart> Split(string[] lines, string boundary)
    {
        var parts = new List<MimePart>();
        List<string>? current = null;
        foreach (var line in lines)
        {
            if (line.TrimEnd() is var mark && (mark == $"--{boundary}" || mark == $"--{boundary}--"))
            {
                if (current is not null)
                    parts.Add(Parse(string.Join('\n', current)));
                current = mark.EndsWith("--", StringComparison.Ordinal) && mark.Length > boundary.Length + 2 ? null : [];
            }
            else
            {
                current?.Add(line);
            }
        }

        return parts;
    }
}
