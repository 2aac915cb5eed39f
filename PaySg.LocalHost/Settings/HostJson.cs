namespace PaySg.LocalHost.Settings;

/// <summary>What LocalHost takes from host.json. The defaults are Azure's.</summary>
public sealed record HostJson
{
    /// <summary>What Azure assumes where the file is missing.</summary>
    public static HostJson Default { get; } = new();

    /// <summary>The prefix of all routes.</summary>
    public string RoutePrefix { get; init; } = "api";

    /// <summary>Headers that are added to each answer that lacks them.</summary>
    public IReadOnlyDictionary<string, string> CustomHeaders { get; init; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>When a function's token is cancelled; null is never.</summary>
    public TimeSpan? FunctionTimeout { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>The settings of queue triggers.</summary>
    public HostJsonQueues Queues { get; init; } = new();

    /// <summary>Reads a host.json; a missing file is the defaults.</summary>
    /// <param name="path">The file.</param>
    /// <param name="settings">App settings, of which <c>AzureFunctionsJobHost__a__b</c> override the file.</param>
    /// <exception cref="LocalHostException">The file does not parse, or holds something that does nothing in Azure.</exception>
    public static HostJson Read(string path, IReadOnlyDictionary<string, string> settings) =>
        HostJsonReader.Read(File.Exists(path) ? File.ReadAllText(path) : null, settings);
}
