using System.Text.Json;
using System.Text.Json.Nodes;

namespace PaySg.LocalHost.Settings;

/// <summary>A local.settings.json, read as Core Tools reads it, except that what they ignore with a warning is an error.</summary>
/// <param name="Values">The settings.</param>
/// <param name="Port">The port to listen on, if the file names one.</param>
public sealed record LocalSettings(IReadOnlyDictionary<string, string> Values, int? Port)
{
    /// <summary>Reads a local.settings.json; a missing file is empty.</summary>
    public static LocalSettings Read(string path) => File.Exists(path) ? Parse(File.ReadAllText(path)) : new LocalSettings(new Dictionary<string, string>(StringComparer.Ordinal), Port: null);

    /// <summary>Reads the text of a local.settings.json.</summary>
    /// <exception cref="LocalHostException">It is no such file; the message says why.</exception>
    public static LocalSettings Parse(string text)
    {
        try
        {
            var options = new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };
            return Of(JsonNode.Parse(text, new JsonNodeOptions { PropertyNameCaseInsensitive = true }, options) as JsonObject
                ?? throw new LocalHostException("local.settings.json must hold an object."));
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException or InvalidOperationException)
        {
            // Names that are there twice, and texts that are no Unicode, are found when they are read.
            throw new LocalHostException($"local.settings.json does not parse: {exception.Message}", exception);
        }
    }

    /// <summary>The environment together with these values; a variable of the environment that has a value wins.</summary>
    public IReadOnlyDictionary<string, string> Under(IEnumerable<KeyValuePair<string, string>> environment)
    {
        var settings = new Dictionary<string, string>(Values, StringComparer.Ordinal);
        foreach (var (name, value) in environment)
        {
            if (value.Length > 0 || !settings.ContainsKey(name))
                settings[name] = value;
        }

        return settings;
    }

    private static LocalSettings Of(JsonObject root)
    {
        if (root["IsEncrypted"]?.GetValueKind() != JsonValueKind.False)
            throw new LocalHostException("local.settings.json: \"IsEncrypted\" must be false (left out, it is true).");

        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in root[nameof(Values)] as JsonObject ?? [])
        {
            switch (value?.GetValueKind())
            {
                case null:
                    break;
                case JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False:
                    values[name] = value.ToString();
                    break;
                default:
                    throw new LocalHostException($"local.settings.json: the value of \"{name}\" must be a string: nested values are not read (write A__B).");
            }
        }

        foreach (var (name, value) in root["ConnectionStrings"] as JsonObject ?? [])
        {
            if (value?.GetValueKind() == JsonValueKind.String)
                values[$"ConnectionStrings__{name}"] = value.ToString();
        }

        return new LocalSettings(values, int.TryParse(root["Host"]?["LocalHttpPort"]?.ToString(), out var port) ? port : null);
    }
}
