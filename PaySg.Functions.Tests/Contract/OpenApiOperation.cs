using System.Globalization;
using System.Text.Json;

namespace PaySg.Functions.Tests.Contract;

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

    /// <summary>Whether the operation has a parameter that is this component.</summary>
    public bool Takes(string parameter) =>
        Json.TryGetProperty("parameters", out var parameters)
        && parameters.EnumerateArray().Any(one => one.TryGetProperty("$ref", out var target) && target.GetString() == $"#/components/parameters/{parameter}");

    public override string ToString() => $"{Method} {Path}";
}
