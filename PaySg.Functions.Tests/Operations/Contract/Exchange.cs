using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using PaySg.LocalHost.Demo;
using PaySg.LocalHost.Mailbox;

namespace PaySg.Functions.Tests.Operations.Contract;

/// <summary>A request to the product and what it answered, to be held against the API's document.</summary>
internal sealed record Exchange(HttpMethod Method, string Path, MediaTypeHeaderValue? RequestType, string RequestBody, HttpResponseMessage Response, byte[] Body)
{
    /// <summary>Headers that say something about the call; the others are those of any web server.</summary>
    private static readonly string[] TellingHeaders = ["retry-after", "allow", "accept-encoding", "location", "etag", "www-authenticate"];
    private static readonly string[] TellingPrefixes = ["x-request", "paysg-", "idempotent-"];

    /// <summary>Pages of LocalHost beside the product: what stands in for mail and for a receiver of webhooks.</summary>
    private static readonly string[] LocalPages = [MailboxPages.Path, WebhookInbox.Path];

    private const string Json = "application/json";

    private bool IsHead => Method == HttpMethod.Head;

    private int Status => (int)Response.StatusCode;

    private string? MediaType => Response.Content.Headers.ContentType?.MediaType;

    private IEnumerable<KeyValuePair<string, IEnumerable<string>>> Headers => Response.Headers.Concat(Response.Content.Headers);

    /// <summary>All in which the answer is not what the document says; and the request, where the product took one that the document refuses.</summary>
    public async Task<IReadOnlyList<string>> FaultsAsync()
    {
        if (LocalPages.Any(page => Path.StartsWith(page, StringComparison.Ordinal)))
            return [];
        if (OpenApiFile.OperationOf(IsHead ? "GET" : Method.Method, Path) is not { } operation || IsOfNoOperation(operation))
            return await FaultsByAsync(["x-unknown-paths"], OpenApiFile.UnknownPaths);

        if (Response.Headers.TryGetValues("x-request-id", out var requestId))
            SeenCalls.Note(requestId.Single(), operation);
        var faults = (await FaultsByAsync(["paths", operation.Path, operation.Method.ToLowerInvariant()], operation.Json)).ToList();
        if (Response.IsSuccessStatusCode)
            faults.AddRange(await RequestFaultsAsync(operation));
        return faults;
    }

    public override string ToString() => $"{Method} {Path} answered {Status}: {Encoding.UTF8.GetString(Body)}";

    // A route may take less than its template shows: then the path is unknown after all.
    private bool IsOfNoOperation(OpenApiOperation operation) =>
        !operation.Json.GetProperty("responses").TryGetProperty($"{Status}", out _) && Status is 404 or 405;

    private async Task<IReadOnlyList<string>> FaultsByAsync(IReadOnlyList<string> way, JsonElement operation)
    {
        if (!operation.GetProperty("responses").TryGetProperty($"{Status}", out var answer))
            return [$"status {Status} is not documented"];

        answer = OpenApiFile.Follow(answer);
        List<string> faults = [.. HeaderFaults(answer)];
        if (!answer.TryGetProperty("content", out var content))
            return Body.Length == 0 ? faults : [.. faults, "no content is documented, and there is some"];
        if (MediaType is null || !content.TryGetProperty(MediaType, out _))
            return [.. faults, $"content of type {MediaType ?? "(none)"} is not documented"];
        if (IsHead)
            return Body.Length == 0 ? faults : [.. faults, "a HEAD was answered with a body"];
        if (MediaType != Json || Response.Content.Headers.ContentEncoding.Count > 0)
            return faults;

        var json = Encoding.UTF8.GetString(Body);
        faults.AddRange(await JsonCheck.ErrorsOfAsync([.. way, "responses", $"{Status}", "content", MediaType, "schema"], json, closed: true));
        if (Status >= 400)
            SeenCalls.NoteError(json);
        if (CodeOf(json) is not { } code)
            return faults;
        if (operation.TryGetProperty("operationId", out var id))
            SeenCalls.NoteRefusal(id.GetString()!, code);
        if (!operation.GetProperty("x-error-codes").Texts().Contains(code))
            faults.Add($"the error code {code} is not documented");
        return faults;
    }

    private IEnumerable<string> HeaderFaults(JsonElement answer)
    {
        var documented = answer.TryGetProperty("headers", out var headers) ? headers.EnumerateObject().ToList() : [];
        foreach (var (name, values) in Headers)
        {
            var isTelling = TellingHeaders.Contains(name, StringComparer.OrdinalIgnoreCase)
                || TellingPrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));
            if (isTelling && !documented.Any(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase)))
                yield return $"the header {name}: {string.Join(", ", values)} is not documented";
        }

        foreach (var header in documented)
        {
            var isRequired = OpenApiFile.Follow(header.Value).TryGetProperty("required", out var required) && required.GetBoolean();
            if (isRequired && !Headers.Any(answered => answered.Key.Equals(header.Name, StringComparison.OrdinalIgnoreCase)))
                yield return $"the header {header.Name} is missing";
        }
    }

    private async Task<IReadOnlyList<string>> RequestFaultsAsync(OpenApiOperation operation)
    {
        if (!operation.Json.TryGetProperty("requestBody", out var body) || (RequestBody.Length == 0 && !body.GetProperty("required").GetBoolean()))
            return [];
        var type = Documented(RequestType?.MediaType);
        if (!body.GetProperty("content").TryGetProperty(type, out _))
            return [$"a request of type {type} was taken, which is not documented"];
        if (type != Json)
            return [];
        var errors = await JsonCheck.ErrorsOfAsync(["paths", operation.Path, operation.Method.ToLowerInvariant(), "requestBody", "content", type, "schema"], RequestBody, closed: false);
        return [.. errors.Select(error => $"a request was taken that is not by its schema: {error}: {RequestBody}")];
    }

    // The document says of all operations that no type, and any type of JSON, is as good as application/json.
    private static string Documented(string? mediaType) =>
        mediaType is null || mediaType.EndsWith("+json", StringComparison.OrdinalIgnoreCase) ? Json : mediaType.ToLowerInvariant();

    private static string? CodeOf(string json)
    {
        var answer = JsonSerializer.Deserialize<JsonElement>(json);
        return answer.ValueKind == JsonValueKind.Object
            && answer.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.Object
            && error.TryGetProperty("code", out var code) && code.ValueKind == JsonValueKind.String
                ? code.GetString()
                : null;
    }
}
