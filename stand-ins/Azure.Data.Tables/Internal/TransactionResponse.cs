using System.Globalization;
using System.Text;

namespace Azure.Data.Tables.Internal;

/// <summary>Reads the multipart answer to a transaction.</summary>
internal static class TransactionResponse
{
    private const string Multipart = "multipart/mixed";

    /// <summary>The answers to the actions in their order; only one, an error, if the transaction failed.</summary>
    /// <exception cref="FormatException">If the answer is not of the form that the service gives.</exception>
    public static List<Response> Parse(Response response)
    {
        var answers = new List<Response>();
        Parse(response.Content.ToMemory(), response.Headers.ContentType ?? "", answers);
        return answers;
    }

    private static void Parse(ReadOnlyMemory<byte> content, string contentType, List<Response> answers)
    {
        if (!contentType.StartsWith(Multipart, StringComparison.OrdinalIgnoreCase))
        {
            answers.Add(Answer(content));
            return;
        }

        // The batch has a change set as its part, and that has the answers as its own; a refused one has its answer directly.
        foreach (var part in Parts(content, Boundary(contentType)))
        {
            var rest = part;
            var headers = Headers(ref rest);
            Parse(rest, headers.GetValueOrDefault("Content-Type", ""), answers);
        }
    }

    private static byte[] Boundary(string contentType)
    {
        foreach (var parameter in contentType.Split(';', StringSplitOptions.TrimEntries))
        {
            if (parameter.StartsWith("boundary=", StringComparison.OrdinalIgnoreCase))
                return Encoding.ASCII.GetBytes("--" + parameter["boundary=".Length..].Trim('"'));
        }

        throw new FormatException("The answer to a transaction has no boundary.");
    }

    private static IEnumerable<ReadOnlyMemory<byte>> Parts(ReadOnlyMemory<byte> content, byte[] boundary)
    {
        var start = content.Span.IndexOf(boundary);
        while (start >= 0)
        {
            content = content[(start + boundary.Length)..];
            var end = content.Span.IndexOf(boundary);
            // What follows the last boundary ("--boundary--") is no part.
            if (end < 0 || content.Span.StartsWith("--"u8))
                yield break;
            var part = content[..end];
            ReadLine(ref part);
            yield return part;
            start = end;
        }
    }

    private static ItemResponse Answer(ReadOnlyMemory<byte> content)
    {
        // "HTTP/1.1 204 No Content". The emulator puts a stray line before it when it refuses the whole.
        var first = ReadLine(ref content);
        while (!first.StartsWith("HTTP/", StringComparison.Ordinal) && !content.IsEmpty)
            first = ReadLine(ref content);
        var line = first.Split(' ', 3);
        if (line.Length < 2 || !int.TryParse(line[1], NumberStyles.None, CultureInfo.InvariantCulture, out var status))
            throw new FormatException("The answer to an action of a transaction has no status.");
        var headers = Headers(ref content);
        return new ItemResponse(status, line.ElementAtOrDefault(2) ?? "", headers, content.ToArray());
    }

    private static Dictionary<string, string> Headers(ref ReadOnlyMemory<byte> content)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        while (ReadLine(ref content) is { Length: > 0 } line)
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0)
                headers[line[..colon].TrimEnd()] = line[(colon + 1)..].Trim();
        }

        return headers;
    }

    private static string ReadLine(ref ReadOnlyMemory<byte> content)
    {
        var end = content.Span.IndexOf((byte)'\n');
        var line = end < 0 ? content : content[..end];
        content = end < 0 ? default : content[(end + 1)..];
        return Encoding.UTF8.GetString(line.Span).TrimEnd('\r');
    }
}
