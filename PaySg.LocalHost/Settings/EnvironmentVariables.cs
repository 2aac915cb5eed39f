using System.Collections;

namespace PaySg.LocalHost.Settings;

/// <summary>The environment of this process.</summary>
internal static class EnvironmentVariables
{
    /// <summary>All variables.</summary>
    public static IReadOnlyDictionary<string, string> All() =>
        Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? "", StringComparer.Ordinal);
}
