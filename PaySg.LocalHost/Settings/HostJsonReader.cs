using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace PaySg.LocalHost.Settings;

/// <summary>Reads host.json strictly: a key that Azure would ignore silently is an error here.</summary>
internal sealed class HostJsonReader
{
    private const string OverridePrefix = "AzureFunctionsJobHost__";
    private const string Http = "extensions:http:";
    private const string Queues = "extensions:queues:";

    /// <summary>The keys that are taken, and sections that are right in Azure and say nothing to LocalHost.</summary>
    private static readonly string[] Known =
    [
        "version", "functionTimeout", "concurrency", "logging", "healthMonitor", "singleton", "telemetryMode", "sendCanceledInvocationsToWorker",
        Http + "routePrefix", Http + "customHeaders", Http + "maxConcurrentRequests", Http + "maxOutstandingRequests", Http + "dynamicThrottlesEnabled", Http + "hsts",
        Queues + "batchSize", Queues + "newBatchThreshold", Queues + "maxPollingInterval", Queues + "visibilityTimeout", Queues + "maxDequeueCount", Queues + "messageEncoding",
    ];

    private readonly IConfigurationRoot root;
    private readonly List<string> problems = [];

    private HostJsonReader(IConfigurationRoot root) => this.root = root;

    /// <summary>Reads the text of a host.json (null: no file) and the settings that override it.</summary>
    public static HostJson Read(string? text, IReadOnlyDictionary<string, string> settings)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text ?? """{ "version": "2.0" }"""));
        var overrides = settings.Where(setting => setting.Key.StartsWith(OverridePrefix, StringComparison.OrdinalIgnoreCase))
            .Select(setting => KeyValuePair.Create(setting.Key[OverridePrefix.Length..].Replace("__", ConfigurationPath.KeyDelimiter, StringComparison.Ordinal), (string?)setting.Value));
        HostJsonReader reader;
        try
        {
            reader = new HostJsonReader(new ConfigurationBuilder().AddJsonStream(stream).AddInMemoryCollection(overrides).Build());
        }
        catch (Exception exception) when (exception is FormatException or InvalidDataException or InvalidOperationException or JsonException)
        {
            throw new LocalHostException($"host.json does not parse: {(exception.InnerException ?? exception).Message}", exception);
        }

        var read = reader.Read();
        return reader.problems.Count == 0 ? read : throw LocalHostException.Of([.. reader.problems.Select(problem => $"host.json: {problem}")]);
    }

    private HostJson Read()
    {
        foreach (var (key, value) in root.AsEnumerable().OrderBy(each => each.Key, StringComparer.Ordinal))
            CheckKey(key, value);
        if (root["version"] is not "2.0")
            problems.Add("\"version\" must be \"2.0\".");
        if (string.Equals(root["concurrency:dynamicConcurrencyEnabled"], "true", StringComparison.OrdinalIgnoreCase))
            problems.Add("concurrency.dynamicConcurrencyEnabled is not imitated by LocalHost.");
        var queues = new HostJsonQueues();
        return new HostJson
        {
            FunctionTimeout = Timeout(),
            RoutePrefix = (root[Http + "routePrefix"] ?? HostJson.Default.RoutePrefix).Trim('/'),
            CustomHeaders = root.GetSection(Http + "customHeaders").GetChildren().ToDictionary(header => header.Key, header => header.Value ?? "", StringComparer.OrdinalIgnoreCase),
            Queues = queues with
            {
                BatchSize = Number("batchSize", 1, 32) ?? queues.BatchSize,
                NewBatchThreshold = Number("newBatchThreshold", 0, int.MaxValue) ?? queues.NewBatchThreshold,
                MaxPollingInterval = Duration("maxPollingInterval", TimeSpan.FromMilliseconds(100)) ?? queues.MaxPollingInterval,
                VisibilityTimeout = Duration("visibilityTimeout", TimeSpan.Zero) ?? queues.VisibilityTimeout,
                MaxDequeueCount = Number("maxDequeueCount", 1, int.MaxValue) ?? queues.MaxDequeueCount,
                Base64 = Base64() ?? queues.Base64,
            },
        };
    }

    /// <summary>A key is one that is known, or lies below one, or leads to one.</summary>
    private void CheckKey(string key, string? value)
    {
        if (Known.Any(known => IsBelow(known, key)))
            return;
        var name = key.Replace(ConfigurationPath.KeyDelimiter, ".", StringComparison.Ordinal);
        if (Known.Any(known => IsBelow(key, known)))
        {
            if (value is not null)
                problems.Add($"\"{name}\" must be an object.");
        }
        else
        {
            problems.Add(name is "queues" or "http" or "routePrefix" or "batchSize" ? $"\"{name}\" does nothing at this depth: it belongs under \"extensions\"." : $"unknown key \"{name}\".");
        }
    }

    private static bool IsBelow(string section, string key) =>
        key.StartsWith(section, StringComparison.OrdinalIgnoreCase) && (key.Length == section.Length || key[section.Length] == ':');

    private int? Number(string key, int least, int most)
    {
        if (root[Queues + key] is not { } text)
            return null;
        if (int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
            return number;
        problems.Add($"extensions.queues.{key} must be a whole number of at least {least}{(most == int.MaxValue ? "" : $" and at most {most}")}.");
        return null;
    }

    private TimeSpan? Duration(string key, TimeSpan least)
    {
        if (root[Queues + key] is not { } text)
            return null;
        if (TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var duration) && duration >= least)
            return duration;
        problems.Add($"extensions.queues.{key} must be a time span of at least {least}.");
        return null;
    }

    private bool? Base64()
    {
        switch (root[Queues + "messageEncoding"]?.ToUpperInvariant())
        {
            case null:
                return null;
            case "BASE64":
                return true;
            case "NONE":
                return false;
            default:
                problems.Add("extensions.queues.messageEncoding must be \"base64\" or \"none\".");
                return null;
        }
    }

    private TimeSpan? Timeout()
    {
        switch (root["functionTimeout"])
        {
            case null:
                return HostJson.Default.FunctionTimeout;
            case "-1":
                return null;
            case var text when TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var timeout) && timeout >= TimeSpan.FromSeconds(1):
                return timeout;
            default:
                problems.Add("functionTimeout must be a time span of at least a second, or \"-1\".");
                return null;
        }
    }
}
