using System.Text.Json.Nodes;

namespace PaySg.Functions.Tests.Infra;

/// <summary>What a deployment would make. Values that are known only afterwards are expressions, in brackets.</summary>
public sealed record PredictedDeployment(IReadOnlyList<JsonObject> Resources, IReadOnlyDictionary<string, string> Outputs, IReadOnlyList<string> Diagnostics)
{
    /// <summary>All resources of a type.</summary>
    public IReadOnlyList<JsonObject> Of(string type) => [.. Resources.Where(resource => (string?)resource["type"] == type)];

    /// <summary>The only one of a type whose name begins so.</summary>
    public JsonObject The(string type, string prefix = "") =>
        Of(type).Single(resource => ((string)resource["name"]!).StartsWith(prefix, StringComparison.Ordinal));

    /// <summary>A value by its path, as text; null: it is not there.</summary>
    public static string? Value(JsonObject resource, string path)
    {
        JsonNode? node = resource;
        foreach (var part in path.Split('.'))
            node = node is JsonObject inner ? inner[part] : null;
        return node switch { null => null, JsonValue value => value.ToString(), _ => node.ToJsonString() };
    }

    /// <summary>The settings of the app.</summary>
    public IReadOnlyDictionary<string, string> Settings =>
        Of("Microsoft.Web/sites/config").Single(config => ((string)config["name"]!).EndsWith("/appsettings", StringComparison.Ordinal))["properties"]!.AsObject().ToDictionary(setting => setting.Key, setting => (string)setting.Value!, StringComparer.Ordinal);
}
