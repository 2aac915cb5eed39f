using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PaySg.LocalHost.Settings;

/// <summary>Reads host.json strictly: a key that Azure would ignore silently is an error here.</summary>
internal sealed class HostJsonReader
{
    private const string OverridePrefix = "AzureFunctionsJobHost__";

    /// <summary>Sections that are right in Azure and say nothing to LocalHost.</summary>
    private static readonly string[] IgnoredAtTop = ["logging", "healthMonitor", "singleton", "telemetryMode", "sendCanceledInvocationsToWorker"];
    private static readonly string[] IgnoredForHttp = ["maxConcurrentRequests", "maxOutstandingRequests", "dynamicThrottlesEnabled", "hsts"];

    private readonly List<string> problems = [];

    /// <summary>Reads the text of a host.json (null: no file) and the settings that override it.</summary>
    public static HostJson Read(string? text, IReadOnlyDictionary<string, string> settings)
    {
        var reader = new HostJsonReader();
        var root = Parse(text ?? """{ "version": "2.0" }""");
        Apply(root, settings);
        var result = reader.Top(root);
        return reader.problems.Count == 0 ? result : throw LocalHostException.Of([.. reader.problems.Select(problem => $"host.json: {problem}")]);
    }

    private static JsonObject Parse(string text)
    {
        try
        {
            var options = new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };
            return JsonNode.Parse(text, new JsonNodeOptions { PropertyNameCaseInsensitive = true }, options) as JsonObject
                ?? throw new LocalHostException("host.json: the file must hold an object.");
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            throw new LocalHostException($"host.json does not parse: {exception.Message}", exception);
        }
    }

    private static void Apply(JsonObject root, IReadOnlyDictionary<string, string> settings)
    {
        foreach (var (name, value) in settings)
        {
            if (!name.StartsWith(OverridePrefix, StringComparison.OrdinalIgnoreCase))
                continue;
            var path = name[OverridePrefix.Length..].Split("__");
            var section = root;
            foreach (var key in path[..^1])
            {
                if (section[key] is not JsonObject inner)
                    section[key] = inner = new JsonObject(new JsonNodeOptions { PropertyNameCaseInsensitive = true });
                section = inner;
            }

            section[path[^1]] = value;
        }
    }

    private HostJson Top(JsonObject root)
    {
        var result = new HostJson();
        if (Text(root, "version") is not "2.0")
            problems.Add("\"version\" must be \"2.0\".");
        foreach (var (key, value) in root)
        {
            switch (Known(key, ["version", "functionTimeout", "extensions", "concurrency", .. IgnoredAtTop]))
            {
                case "functionTimeout":
                    result = result with { FunctionTimeout = Timeout(value) };
                    break;
                case "extensions":
                    result = Extensions(result, Object(key, value));
                    break;
                case "concurrency" when string.Equals(Text(Object(key, value), "dynamicConcurrencyEnabled") ?? "false", "true", StringComparison.OrdinalIgnoreCase):
                    problems.Add("concurrency.dynamicConcurrencyEnabled is not imitated by LocalHost.");
                    break;
                case null:
                    problems.Add(key is "queues" or "http" or "routePrefix" or "batchSize"
                        ? $"\"{key}\" does nothing at this depth: it belongs under \"extensions\"."
                        : $"unknown key \"{key}\".");
                    break;
                default:
                    break;
            }
        }

        return result;
    }

    private HostJson Extensions(HostJson result, JsonObject section)
    {
        foreach (var (key, value) in section)
        {
            switch (Known(key, ["http", "queues"]))
            {
                case "http":
                    result = Http(result, Object("extensions.http", value));
                    break;
                case "queues":
                    result = result with { Queues = Queues(Object("extensions.queues", value)) };
                    break;
                default:
                    problems.Add($"unknown key \"extensions.{key}\".");
                    break;
            }
        }

        return result;
    }

    private HostJson Http(HostJson result, JsonObject section)
    {
        foreach (var (key, value) in section)
        {
            switch (Known(key, ["routePrefix", "customHeaders", .. IgnoredForHttp]))
            {
                case "routePrefix":
                    result = result with { RoutePrefix = (Text(value) ?? "").Trim('/') };
                    break;
                case "customHeaders":
                    result = result with
                    {
                        CustomHeaders = Object("extensions.http.customHeaders", value)
                            .ToDictionary(header => header.Key, header => Text(header.Value) ?? "", StringComparer.OrdinalIgnoreCase),
                    };
                    break;
                case null:
                    problems.Add($"unknown key \"extensions.http.{key}\".");
                    break;
                default:
                    break;
            }
        }

        return result;
    }

    private HostJsonQueues Queues(JsonObject section)
    {
        var result = new HostJsonQueues();
        foreach (var (key, value) in section)
        {
            switch (Known(key, ["batchSize", "newBatchThreshold", "maxPollingInterval", "visibilityTimeout", "maxDequeueCount", "messageEncoding"]))
            {
                case "batchSize":
                    result = result with { BatchSize = Number(key, value, 1, 32) };
                    break;
                case "newBatchThreshold":
                    result = result with { NewBatchThreshold = Number(key, value, 0, int.MaxValue) };
                    break;
                case "maxPollingInterval":
                    result = result with { MaxPollingInterval = Duration(key, value, TimeSpan.FromMilliseconds(100)) };
                    break;
                case "visibilityTimeout":
                    result = result with { VisibilityTimeout = Duration(key, value, TimeSpan.Zero) };
                    break;
                case "maxDequeueCount":
                    result = result with { MaxDequeueCount = Number(key, value, 1, int.MaxValue) };
                    break;
                case "messageEncoding" when Text(value)?.ToUpperInvariant() is "BASE64" or "NONE":
                    result = result with { Base64 = Text(value)!.Length == "base64".Length };
                    break;
                case "messageEncoding":
                    problems.Add("extensions.queues.messageEncoding must be \"base64\" or \"none\".");
                    break;
                default:
                    problems.Add($"unknown key \"extensions.queues.{key}\".");
                    break;
            }
        }

        return result;
    }

    private static string? Known(string key, string[] known) => known.FirstOrDefault(name => string.Equals(name, key, StringComparison.OrdinalIgnoreCase));

    private static string? Text(JsonObject section, string key) => Text(section[key]);

    private static string? Text(JsonNode? value) => value is JsonValue ? value.ToString() : null;

    private JsonObject Object(string key, JsonNode? value)
    {
        if (value is JsonObject found)
            return found;
        problems.Add($"\"{key}\" must be an object.");
        return [];
    }

    private int Number(string key, JsonNode? value, int least, int most)
    {
        if (int.TryParse(Text(value), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
            return number;
        problems.Add($"extensions.queues.{key} must be a whole number of at least {least}{(most == int.MaxValue ? "" : $" and at most {most}")}.");
        return least;
    }

    private TimeSpan Duration(string key, JsonNode? value, TimeSpan least)
    {
        if (TimeSpan.TryParse(Text(value), CultureInfo.InvariantCulture, out var duration) && duration >= least)
            return duration;
        problems.Add($"extensions.queues.{key} must be a time span of at least {least}.");
        return least;
    }

    private TimeSpan? Timeout(JsonNode? value)
    {
        var text = Text(value);
        if (text is "-1")
            return null;
        if (TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var timeout) && timeout >= TimeSpan.FromSeconds(1))
            return timeout;
        problems.Add("functionTimeout must be a time span of at least a second, or \"-1\".");
        return null;
    }
}
