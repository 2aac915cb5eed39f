using System.Text.Json.Nodes;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>A request that was let in: what it asks, of whom, and when.</summary>
/// <param name="Path">The path's parts behind <c>/v1/</c>.</param>
internal sealed record StripeCall(string Method, string[] Path, JsonObject Parameters, StripeOwner Owner, string? Key, string RequestId, DateTimeOffset Now)
{
    /// <summary>Refuses parameters that the API does not know, or this server does nothing with.</summary>
    public void Takes(params ReadOnlySpan<string> names)
    {
        if (Parameters.ContainsKey("payment_method_types"))
        {
            throw StripeRefusalException.OfParameter(
                "payment_method_types_no_longer_supported",
                "payment_method_types",
                "The payment_method_types parameter is no longer supported. Use allowed_payment_method_types or excluded_payment_method_types.");
        }

        foreach (var (name, _) in Parameters)
        {
            if (name != "expand" && !names.Contains(name))
                throw StripeRefusalException.OfParameter("parameter_unknown", name, $"Received unknown parameter: {name} (of those that Stripe knows, the server of the tests takes what it can do something with)");
        }
    }

    /// <summary>Null where it is absent or empty.</summary>
    public string? Text(params ReadOnlySpan<string> path)
    {
        JsonNode? node = Parameters;
        foreach (var name in path)
            node = (node as JsonObject)?[name];
        return node is JsonValue value && value.GetValue<string>() is { Length: > 0 } text ? text : null;
    }

    public string Required(params ReadOnlySpan<string> path) => Text(path) ?? throw StripeRefusalException.Missing(Name(path));

    public long? Integer(params ReadOnlySpan<string> path)
    {
        var text = Text(path);
        if (text is null)
            return null;
        return long.TryParse(text, out var number)
            ? number
            : throw StripeRefusalException.OfParameter("parameter_invalid_integer", Name(path), $"Invalid integer: {text}");
    }

    public bool Flag(string name) => Text(name) switch
    {
        null or "false" => false,
        "true" => true,
        var other => throw StripeRefusalException.OfParameter(code: null, name, $"Invalid boolean: {other}"),
    };

    public IReadOnlyList<string>? Texts(string name) => Parameters[name] switch
    {
        null => null,
        JsonArray texts => [.. texts.Select(text => text!.GetValue<string>())],
        _ => throw StripeRefusalException.OfParameter(code: null, name, "Invalid array"),
    };

    /// <summary>At most 50 names of 40 characters, with values of 500.</summary>
    public IReadOnlyDictionary<string, string> Metadata(params ReadOnlySpan<string> path)
    {
        JsonNode? node = Parameters;
        foreach (var name in path)
            node = (node as JsonObject)?[name];
        var metadata = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (node is not JsonObject members)
            return metadata;
        foreach (var (name, value) in members)
        {
            var text = value!.GetValue<string>();
            if (name.Length > 40 || text.Length > 500 || metadata.Count == 50)
                throw StripeRefusalException.OfParameter(code: null, Name(path), "Metadata can have up to 50 keys of up to 40 characters, with values of up to 500 characters.");
            if (text.Length > 0)
                metadata[name] = text;
        }

        return metadata;
    }

    /// <summary>How the API names a parameter in its errors: <c>a[b][c]</c>.</summary>
    private static string Name(ReadOnlySpan<string> path) => path.Length == 1 ? path[0] : $"{path[0]}[{string.Join("][", path[1..].ToArray())}]";
}
