using System.Globalization;
using System.Text.RegularExpressions;

namespace PaySg.Functions.Tests.Docs.Examples;

/// <summary>
/// A <c>.http</c> file, in the part of the format that Visual Studio and the REST Client of VS Code have in common: variables, requests
/// separated by <c>###</c>, their names, headers and bodies. A comment of three digits is the status that the request is answered with.
/// </summary>
internal sealed partial class HttpFile
{
    private readonly Dictionary<string, HttpFileLine> variables = new(StringComparer.Ordinal);
    private readonly List<HttpFileRequest> requests = [];
    private string? name;
    private int? status;

    private HttpFile(string path) => Path = path;

    /// <summary>What messages call it.</summary>
    public string Path { get; }

    /// <summary>What <c>@name = value</c> says.</summary>
    public IReadOnlyDictionary<string, HttpFileLine> Variables => variables;

    public IReadOnlyList<HttpFileRequest> Requests => requests;

    /// <summary>Reads a file.</summary>
    /// <exception cref="HttpFileException">There is something that is not understood.</exception>
    public static HttpFile Parse(string path, string text)
    {
        var file = new HttpFile(path);
        Reader read = file.ReadBeforeRequest;
        var lines = text.Split('\n').Select((line, index) => new HttpFileLine(index + 1, line.TrimEnd())).ToList();
        foreach (var line in lines)
        {
            if (line.Text.StartsWith("###", StringComparison.Ordinal))
            {
                file.EndBlock(line.Number);
                read = file.ReadBeforeRequest;
            }
            else
            {
                read = read(line);
            }
        }

        file.EndBlock(lines.Count);
        return file;
    }

    private Reader ReadBeforeRequest(HttpFileLine line)
    {
        if (line.Text.Length == 0)
            return ReadBeforeRequest;
        if (Variable().Match(line.Text) is { Success: true } variable)
        {
            if (!variables.TryAdd(variable.Groups["name"].Value, line with { Text = variable.Groups["value"].Value }))
                throw Failure(line.Number, $"There is a variable \"{variable.Groups["name"].Value}\" already.");
            return ReadBeforeRequest;
        }

        if (line.Text.StartsWith('#'))
        {
            ReadComment(line);
            return ReadBeforeRequest;
        }

        var request = RequestLine().Match(line.Text);
        if (!request.Success)
            throw Failure(line.Number, $"This is neither a variable nor a comment nor a request: {line.Text}");
        if (status is null)
            throw Failure(line.Number, "No comment says which status the request is answered with.");
        if (name is not null && requests.Any(other => other.Name == name))
            throw Failure(line.Number, $"There is a request \"{name}\" already.");
        requests.Add(new HttpFileRequest(new HttpMethod(request.Groups["method"].Value), line with { Text = request.Groups["url"].Value }, name, status.Value));
        (name, status) = (null, null);
        return ReadHeader;
    }

    private void ReadComment(HttpFileLine line)
    {
        var comment = line.Text.TrimStart('#').Trim();
        if (Status().IsMatch(comment))
            status = status is null ? int.Parse(comment, CultureInfo.InvariantCulture) : throw Failure(line.Number, "The request has a status already.");
        else if (Name().Match(comment) is { Success: true } named)
            name = name is null ? named.Groups["name"].Value : throw Failure(line.Number, "The request has a name already.");
        else if (comment.StartsWith('@'))
            throw Failure(line.Number, $"This is not understood: {comment}");
    }

    private Reader ReadHeader(HttpFileLine line)
    {
        if (line.Text.Length == 0)
            return ReadBody;
        var header = Header().Match(line.Text);
        if (!header.Success)
            throw Failure(line.Number, $"This is not a header: {line.Text}");
        requests[^1].Headers.Add((header.Groups["name"].Value, line with { Text = header.Groups["value"].Value }));
        return ReadHeader;
    }

    private Reader ReadBody(HttpFileLine line)
    {
        // A file to send, and a script of an editor.
        if (line.Text.StartsWith('<') || line.Text.StartsWith('>'))
            throw Failure(line.Number, $"This is not understood: {line.Text}");
        if (line.Text.Length > 0 || requests[^1].Body.Count > 0)
            requests[^1].Body.Add(line);
        return ReadBody;
    }

    private void EndBlock(int line)
    {
        if (name is not null || status is not null)
            throw Failure(line, "A name or a status stands here without a request.");
        if (requests.Count > 0 && requests[^1].Body is { } body)
        {
            while (body.Count > 0 && body[^1].Text.Length == 0)
                body.RemoveAt(body.Count - 1);
        }
    }

    private HttpFileException Failure(int line, string message) => new(Path, line, message);

    private delegate Reader Reader(HttpFileLine line);

    [GeneratedRegex(@"^@(?<name>\w+)\s*=\s*(?<value>\S.*)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Variable();

    [GeneratedRegex(@"^(?<method>GET|POST|PUT|PATCH|DELETE) (?<url>\S+)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex RequestLine();

    [GeneratedRegex(@"^(?<name>[\w-]+):\s*(?<value>\S.*)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Header();

    [GeneratedRegex(@"^@name\s+(?<name>\w+)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();

    [GeneratedRegex("^[1-5][0-9]{2}$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Status();
}
