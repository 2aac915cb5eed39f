using System.Text.Json;
using PaySg.Functions.Tests.Docs;

namespace PaySg.Functions.Tests.Operations.Contract;

/// <summary>The API's document as it is in the repository.</summary>
internal static class OpenApiFile
{
    public const string Path = "PaySg.Functions/Operations/Contract/openapi.json";

    public static JsonElement Root { get; } = JsonSerializer.Deserialize<JsonElement>(Document.Repository.Read(Path));

    /// <summary>Each operation of a path.</summary>
    public static IReadOnlyList<OpenApiOperation> Operations { get; } =
    [
        .. from path in Root.GetProperty("paths").EnumerateObject()
           from method in path.Value.EnumerateObject()
           select new OpenApiOperation(path.Name, method.Name.ToUpperInvariant(), method.Value),
    ];

    /// <summary>What is said of paths and methods that no operation takes.</summary>
    public static JsonElement UnknownPaths => Root.GetProperty("x-unknown-paths");

    /// <summary>The operation that takes such a request; null: none. Where two templates fit, it is the one with fewer parameters.</summary>
    public static OpenApiOperation? OperationOf(string method, string path) =>
        Operations.Where(operation => operation.Method == method && operation.Fits(path)).MinBy(operation => operation.Path.Count(character => character == '{'));

    /// <summary>What a reference leads to, or the node itself.</summary>
    public static JsonElement Follow(JsonElement node) => Follow(Root, node);

    /// <summary>The same in a document that need not be the one of the repository.</summary>
    public static JsonElement Follow(JsonElement document, JsonElement node) =>
        node.ValueKind == JsonValueKind.Object && node.TryGetProperty("$ref", out var target)
            ? Follow(document, target.GetString()!.Split('/').Skip(1).Aggregate(document, (at, part) => at.GetProperty(part)))
            : node;

    /// <summary>What stands at <c>#/components/{kind}/{name}</c>.</summary>
    public static JsonElement Component(string kind, string name) => Root.GetProperty("components").GetProperty(kind).GetProperty(name);

    /// <summary>The texts of an array.</summary>
    public static IReadOnlyList<string> Texts(this JsonElement array) => [.. array.EnumerateArray().Select(text => text.GetString()!)];
}
