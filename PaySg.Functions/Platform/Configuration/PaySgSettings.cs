namespace PaySg.Functions.Platform.Configuration;

/// <summary>What every room may know of the settings. What belongs to one room alone is in a record of that room.</summary>
internal sealed record PaySgSettings
{
    /// <summary><c>PaySg__Mode</c>: <c>test</c> or <c>live</c>.</summary>
    public required PaySgMode Mode { get; init; }

    /// <summary><c>PaySg__PublicBaseUrl</c>: what payers' and integrators' links begin with, without a slash at the end.</summary>
    public required string PublicBaseUrl { get; init; }

    /// <summary><c>PaySg__TablePrefix</c>: what table names begin with. Default <c>paysg</c>.</summary>
    public string TablePrefix { get; init; } = "paysg";

    /// <summary>Whether this is a developer's machine (<c>AZURE_FUNCTIONS_ENVIRONMENT</c> is Development): only there are the published keys accepted.</summary>
    public bool IsDevelopment { get; init; }

    internal static PaySgSettings Read(SettingsReader settings)
    {
        var mode = ReadMode(settings);
        var baseUrl = ReadBaseUrl(settings);
        if (mode == PaySgMode.Live && baseUrl.StartsWith("http:", StringComparison.Ordinal))
            settings.Refuse($"PaySg__PublicBaseUrl: '{baseUrl}' is plain HTTP, which live mode refuses on this machine, too. Use an https URL.");

        return new PaySgSettings { Mode = mode, PublicBaseUrl = baseUrl, TablePrefix = ReadTablePrefix(settings), IsDevelopment = settings.IsDevelopment };
    }

    private static PaySgMode ReadMode(SettingsReader settings)
    {
        switch (settings.Text("PaySg__Mode"))
        {
            case "test":
                return PaySgMode.Test;
            case "live":
                return PaySgMode.Live;
            case var text:
                settings.Refuse($"PaySg__Mode: '{text}' is not a mode. Set it to test or live.");
                return PaySgMode.Test;
        }
    }

    private static string ReadBaseUrl(SettingsReader settings)
    {
        var text = settings.Text("PaySg__PublicBaseUrl");
        if (Uri.TryCreate(text, UriKind.Absolute, out var url)
            && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback))
            && url.Query.Length == 0 && url.Fragment.Length == 0)
        {
            return url.AbsoluteUri.TrimEnd('/');
        }

        settings.Refuse($"PaySg__PublicBaseUrl: '{text}' is not an absolute https URL. Set it to the address that payers see, such as https://pay.agency.gov.sg.");
        return "";
    }

    private static string ReadTablePrefix(SettingsReader settings)
    {
        var text = settings.Text("PaySg__TablePrefix") ?? "paysg";
        if (text.Length > 40 || !char.IsAsciiLetter(text[0]) || !text.All(char.IsAsciiLetterOrDigit))
            settings.Refuse($"PaySg__TablePrefix: '{text}' is not usable. At most 40 letters and digits, a letter first.");

        return text;
    }
}
