namespace PaySg.LocalHost.Azurite;

/// <summary>How an Azurite is started.</summary>
public sealed record AzuriteOptions
{
    /// <summary>The folder that holds the data; null keeps them in memory, and then Azurite ends with this process.</summary>
    public string? DataFolder { get; init; }

    /// <summary>The ports; null takes free ones.</summary>
    public AzuritePorts? Ports { get; init; }

    /// <summary>Accounts and their Base64 keys in place of the well-known one.</summary>
    public IReadOnlyDictionary<string, string> Accounts { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
