using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;

namespace PaySg.LocalHost.Settings;

/// <summary>The app settings: the only place where the host looks up connections, <c>%names%</c> and switches.</summary>
internal sealed partial class AppSettings
{
    /// <summary>The product's setting that names its public address.</summary>
    public const string PublicBaseUrl = "PaySg__PublicBaseUrl";

    /// <summary>The setting with the host's own storage connection.</summary>
    public const string Storage = "AzureWebJobsStorage";

    /// <summary>The setting that names the environment.</summary>
    public const string EnvironmentName = "AZURE_FUNCTIONS_ENVIRONMENT";

    private readonly Dictionary<string, string> values;

    /// <summary>Settings named as environment variables are.</summary>
    public AppSettings(IEnumerable<KeyValuePair<string, string>> settings)
    {
        values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in settings)
            values[name] = value;
    }

    /// <summary>A setting's value, null if there is none.</summary>
    public string? this[string name] => values.GetValueOrDefault(name);

    /// <summary>All of them.</summary>
    public IReadOnlyDictionary<string, string> Values => values;

    /// <summary>Whether a switch such as <c>AzureWebJobsDisableHomepage</c> is on.</summary>
    public bool IsOn(string name) => this[name] is "1" || string.Equals(this[name], "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a function is switched off by a setting.</summary>
    public bool IsDisabled(string functionName) => IsOn($"AzureWebJobs.{functionName}.Disabled") || IsOn($"AzureWebJobs_{functionName}_Disabled");

    /// <summary>The same settings and one more, which gives way to one that is there.</summary>
    public AppSettings WithDefault(string name, string value) => values.ContainsKey(name) ? this : new AppSettings(values.Append(new(name, value)));

    /// <summary>A configuration in which <c>__</c> separates sections, as in host and worker.</summary>
    public IConfigurationRoot ToConfiguration()
    {
        const string WorkerPrefix = "AZURE_FUNCTIONS_";
        var unprefixed = values.Where(setting => setting.Key.StartsWith(WorkerPrefix, StringComparison.OrdinalIgnoreCase))
            .Select(setting => KeyValuePair.Create(setting.Key[WorkerPrefix.Length..], setting.Value));
        return new ConfigurationBuilder()
            .AddInMemoryCollection(unprefixed.Concat(values).Select(setting =>
                KeyValuePair.Create(setting.Key.Replace("__", ConfigurationPath.KeyDelimiter, StringComparison.Ordinal), (string?)setting.Value)))
            .Build();
    }

    /// <summary>Replaces each <c>%name%</c> by the setting of that name; null, and a problem, if one is missing.</summary>
    public string? Resolve(string text, string what, List<string> problems)
    {
        var missing = false;
        var resolved = Reference().Replace(text, match =>
        {
            var name = match.Groups["name"].Value;
            if (this[name] is { Length: > 0 } value)
                return value;
            missing = true;
            problems.Add($"{what}: {text} names the setting '{name}', which is not among the app settings.");
            return "";
        });
        return missing ? null : resolved;
    }

    [GeneratedRegex("%(?<name>[^%]+)%", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Reference();
}
