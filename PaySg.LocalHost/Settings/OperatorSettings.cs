namespace PaySg.LocalHost.Settings;

/// <summary>The settings of commands that look at an installation from outside, a deployed one too.</summary>
internal static class OperatorSettings
{
    /// <summary>The environment; on a developer's machine together with local.settings.json, as LocalHost reads them.</summary>
    public static IReadOnlyDictionary<string, string> Of(IReadOnlyDictionary<string, string> environment) =>
        environment.GetValueOrDefault(AppSettings.EnvironmentName, "") is { Length: > 0 } name && !string.Equals(name, "Development", StringComparison.OrdinalIgnoreCase)
            ? environment
            : LocalHostProgram.SettingsOf(LocalSettings.Read(Path.Combine(AppContext.BaseDirectory, "local.settings.json")), environment);
}
