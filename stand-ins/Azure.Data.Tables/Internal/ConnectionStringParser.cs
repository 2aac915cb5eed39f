namespace Azure.Data.Tables.Internal;

/// <summary>Reads the connection strings of storage accounts: account keys and the local emulator.</summary>
internal static class ConnectionStringParser
{
    // Public, and the same for everyone: the account that every local emulator has.
    private const string EmulatorAccount = "devstoreaccount1";
    private const string EmulatorKey =
        "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    /// <exception cref="InvalidOperationException">If the text is not a connection string with an account key.</exception>
    public static (Uri Endpoint, TableSharedKeyCredential Credential) Parse(string text)
    {
        var settings = Settings(text);
        if (settings.TryGetValue("UseDevelopmentStorage", out var use) && bool.TryParse(use, out var emulated) && emulated)
            return Emulator(settings.GetValueOrDefault("DevelopmentStorageProxyUri"));

        if (!settings.TryGetValue("AccountName", out var account) || !settings.TryGetValue("AccountKey", out var key))
            throw new InvalidOperationException("The connection string must have AccountName and AccountKey, or UseDevelopmentStorage=true.");

        var address = settings.GetValueOrDefault("TableEndpoint") ?? DefaultAddress(settings, account);
        if (!Uri.TryCreate(address, UriKind.Absolute, out var endpoint))
            throw new InvalidOperationException("The connection string's table endpoint is not a URL.");

        try
        {
            return (endpoint, new TableSharedKeyCredential(account, key));
        }
        catch (FormatException e)
        {
            throw new InvalidOperationException("The connection string's AccountKey is not base64.", e);
        }
    }

    private static (Uri Endpoint, TableSharedKeyCredential Credential) Emulator(string? proxy) =>
        (new Uri($"{(proxy ?? "http://127.0.0.1").TrimEnd('/')}:10002/{EmulatorAccount}"), new(EmulatorAccount, EmulatorKey));

    private static string DefaultAddress(Dictionary<string, string> settings, string account)
    {
        var scheme = settings.GetValueOrDefault("DefaultEndpointsProtocol", "https");
        var suffix = settings.GetValueOrDefault("EndpointSuffix", "core.windows.net");
        return $"{scheme}://{account}.table.{suffix}/";
    }

    private static Dictionary<string, string> Settings(string text)
    {
        var settings = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var part in text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            // Only the first '=' separates: keys in base64 end with more of them.
            var at = part.IndexOf('=', StringComparison.Ordinal);
            if (at <= 0 || !settings.TryAdd(part[..at].TrimEnd(), part[(at + 1)..].TrimStart()))
                throw new InvalidOperationException("Settings of a connection string must be of the form \"name=value\", each given once.");
        }

        return settings;
    }
}
