using System.Globalization;
using System.Text.Json;

namespace PaySg.Functions.Tests.Operations.Contract;

/// <summary>An operation of the API's document.</summary>
/// <param name="Path">Its path, with parameters.</param>
/// <param name="Method">Its method, in upper case.</param>
/// <param name="Json">What the document says of it.</param>
internal sealed record OpenApiOperation(string Path, string Method, JsonElement Json)
{
    public string Id => Json.GetProperty("operationId").GetString()!;

    public bool IsSingapay => Path.StartsWith("/api/", StringComparison.Ordinal);

    public IReadOnlyList<string> ErrorCodes => Json.GetProperty("x-error-codes").Texts();

    /// <summary>The statuses that are answered by an error, which are those whose answer is a component.</summary>
    public IEnumerable<int> ErrorStatuses =>
        Json.GetProperty("responses").EnumerateObject()
            .Where(response => response.Value.TryGetProperty("$ref", out _))
            .Select(response => int.Parse(response.Name, CultureInfo.InvariantCulture));

    public string this[string extension] => Json.GetProperty(extension).GetString()!;

    /// <summary>The parameters of its path, in their order.</summary>
    public IEnumerable<string> PathParameters => Path.Split('/').Where(part => part.StartsWith('{')).Select(part => part[1..^1]);

    /// <summary>The security schemes that a caller needs, all of them.</summary>
    public IReadOnlyList<string> SecuritySchemes =>
    [
        .. (Json.TryGetProperty("security", out var own) ? own : OpenApiFile.Root.GetProperty("security")).EnumerateArray()
            .SelectMany(all => all.EnumerateObject().Select(scheme => scheme.Name)),
    ];

    /// <summary>What its body may be, by media type; null: it takes none.</summary>
    public JsonElement? RequestContent => Json.TryGetProperty("requestBody", out var body) ? body.GetProperty("content") : null;

    /// <summary>The status of what it does when all is well: the first that is documented.</summary>
    public int SuccessStatus => int.Parse(Json.GetProperty("responses").EnumerateObject().First().Name, CultureInfo.InvariantCulture);

    /// <summary>The example of an answer with a status; null: there is none.</summary>
    public JsonElement? ExampleOf(int status)
    {
        if (!OpenApiFile.Follow(Json.GetProperty("responses").GetProperty($"{status}")).TryGetProperty("content", out var content)
            || !content.TryGetProperty("application/json", out var json))
            return null;
        return json.TryGetProperty("example", out var example) ? example
            : json.TryGetProperty("examples", out var examples) ? OpenApiFile.Follow(examples.EnumerateObject().First().Value).GetProperty("value")
            : null;
    }

    /// <summary>Whether a path is one of its.</summary>
    public bool Fits(string path)
    {
        var parts = path.Split('/');
        var template = Path.Split('/');
        return parts.Length == template.Length
            && template.Zip(parts).All(pair => pair.First.StartsWith('{') ? pair.Second.Length > 0 : pair.First.Equals(pair.Second, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Whether the operation has a parameter that is this component.</summary>
    public bool Takes(string parameter) =>
        Json.TryGetProperty("parameters", out var parameters)
        && parameters.EnumerateArray().Any(one => one.TryGetProperty("$ref", out var target) && target.GetString() == $"#/components/parameters/{parameter}");

    public override string ToString() => $"{Method} {Path}";
}
