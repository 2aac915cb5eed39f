namespace PaySg.Functions.Pages;

/// <summary>What is set for payers' pages.</summary>
internal sealed record PageSettings
{
    private const string GovernmentDomain = "gov.sg";

    /// <summary>
    /// <c>PaySg__GovernmentMasthead</c>: whether pages say that they are those of a Singapore Government agency, and how to recognise one. Default: where
    /// <c>PaySg__PublicBaseUrl</c> is below <c>gov.sg</c>.
    /// </summary>
    public bool HasMasthead { get; init; }

    internal static PageSettings Read(SettingsReader settings, string publicBaseUrl)
    {
        const string setting = "PaySg__GovernmentMasthead";
        switch (settings.Text(setting))
        {
            case null:
                return new PageSettings { HasMasthead = IsGovernment(publicBaseUrl) };
            case "true":
                return new PageSettings { HasMasthead = true };
            case "false":
                return new PageSettings { HasMasthead = false };
            case var text:
                settings.Refuse($"{setting}: '{text}' is neither true nor false.");
                return new PageSettings();
        }
    }

    /// <summary>An address that is wrong is reported where it is read.</summary>
    private static bool IsGovernment(string publicBaseUrl) =>
        Uri.TryCreate(publicBaseUrl, UriKind.Absolute, out var url)
        && (url.Host.TrimEnd('.') is var host && (host == GovernmentDomain || host.EndsWith($".{GovernmentDomain}", StringComparison.OrdinalIgnoreCase)));
}
