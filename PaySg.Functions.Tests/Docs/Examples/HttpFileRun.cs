using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Docs.Examples;

/// <summary>Sends the requests of a <c>.http</c> file, from top to bottom.</summary>
internal sealed partial class HttpFileRun
{
    private readonly HttpFile file;
    private readonly Dictionary<string, string> variables = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Answer> answers = new(StringComparer.Ordinal);

    /// <summary>Prepares a run.</summary>
    /// <param name="file">What is run.</param>
    /// <param name="instead">Variables of the file that have another value here.</param>
    /// <exception cref="HttpFileException">A variable is not understood.</exception>
    public HttpFileRun(HttpFile file, IReadOnlyDictionary<string, string> instead)
    {
        this.file = file;
        foreach (var (name, _) in instead)
        {
            if (!file.Variables.ContainsKey(name))
                throw new HttpFileException(file.Path, 1, $"There is no variable \"{name}\".");
        }

        // A variable may use those above it. Editors do not agree on when the rest would be filled in.
        foreach (var (name, value) in file.Variables)
            variables[name] = instead.TryGetValue(name, out var other) ? other : Fill(value, expression => variables.GetValueOrDefault(expression));
    }

    /// <summary>Sends all requests.</summary>
    /// <exception cref="HttpFileException">A request is not understood, or is answered with another status than the file says.</exception>
    public async Task RunAsync(HttpClient http)
    {
        foreach (var request in file.Requests)
        {
            var answer = await SendAsync(http, request);
            if ((int)answer.Status != request.Status)
                throw Failure(request.Url, $"The status is {(int)answer.Status}, not {request.Status}: {answer.Body}");
            if (request.Name is not null)
                answers[request.Name] = answer;
        }
    }

    private async Task<Answer> SendAsync(HttpClient http, HttpFileRequest request)
    {
        using var message = new HttpRequestMessage(request.Method, Fill(request.Url, Value));
        if (request.Body.Count > 0)
            message.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(string.Join('\n', request.Body.Select(line => Fill(line, Value)))));
        foreach (var (name, value) in request.Headers)
        {
            var text = Fill(value, Value);
            if (!message.Headers.TryAddWithoutValidation(name, text) && message.Content?.Headers.TryAddWithoutValidation(name, text) != true)
                throw Failure(value, $"A request without a body has no header \"{name}\".");
        }

        return await Answer.ReadAsync(await http.SendAsync(message));
    }

    private string Fill(HttpFileLine line, Func<string, string?> value) => Expression().Replace(
        line.Text,
        match => value(match.Groups["expression"].Value) ?? throw Failure(line, $"There is nothing to be put in for {match.Value}."));

    /// <summary>What stands for an expression; null: it is not understood, or the answer has no such thing.</summary>
    private string? Value(string expression)
    {
        if (expression == "$timestamp")
            return TimeProvider.System.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        if (variables.TryGetValue(expression, out var variable))
            return variable;
        var reference = Reference().Match(expression);
        if (!reference.Success || !answers.TryGetValue(reference.Groups["name"].Value, out var answer))
            return null;
        return reference.Groups["header"] is { Success: true } header
            ? answer.Headers.GetValueOrDefault(header.Value)
            : At(answer.Json, reference.Groups["step"].Captures.Select(step => step.Value));
    }

    private static string? At(JsonElement json, IEnumerable<string> steps)
    {
        foreach (var step in steps)
        {
            if (step.StartsWith('.') ? json.ValueKind != JsonValueKind.Object || !json.TryGetProperty(step[1..], out json) : !TryItem(step, ref json))
                return null;
        }

        return json.ValueKind == JsonValueKind.Null ? null : json.ToString();
    }

    private static bool TryItem(string step, ref JsonElement json)
    {
        var index = int.Parse(step[1..^1], CultureInfo.InvariantCulture);
        if (json.ValueKind != JsonValueKind.Array || index >= json.GetArrayLength())
            return false;
        json = json[index];
        return true;
    }

    private HttpFileException Failure(HttpFileLine line, string message) => new(file.Path, line.Number, message);

    [GeneratedRegex(@"\{\{(?<expression>[^{}]*)\}\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Expression();

    [GeneratedRegex(@"^(?<name>\w+)\.response\.(headers\.(?<header>[\w-]+)|body\.\$(?<step>\.\w+|\[[0-9]{1,4}\])+)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Reference();
}
