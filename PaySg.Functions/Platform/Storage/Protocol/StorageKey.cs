namespace PaySg.Functions.Platform.Storage.Protocol;

/// <summary>What a connection string opens the account with (Storage documentation, "Configure connection strings").</summary>
internal static class StorageKey
{
    /// <summary>The key of every emulator's account <c>devstoreaccount1</c>, which Microsoft publishes.</summary>
    private const string OfEmulator = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    /// <summary>The account's key; null: the string has a signature.</summary>
    public static byte[]? In(string connectionString) =>
        Find(connectionString, "UseDevelopmentStorage") is { Length: > 0 } ? Convert.FromBase64String(OfEmulator)
        : Find(connectionString, "AccountKey") is { } key ? Convert.FromBase64String(key)
        : null;

    /// <summary>The signature as the query of a URL, with its question mark; empty: there is none.</summary>
    public static string SignatureIn(string connectionString) =>
        Find(connectionString, "SharedAccessSignature") is { Length: > 0 } signature ? "?" + signature.TrimStart('?') : "";

    private static string? Find(string connectionString, string name)
    {
        foreach (var part in connectionString.Split(';', StringSplitOptions.TrimEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0 && part.AsSpan(0, equals).Equals(name, StringComparison.OrdinalIgnoreCase))
                return part[(equals + 1)..];
        }

        return null;
    }
}
