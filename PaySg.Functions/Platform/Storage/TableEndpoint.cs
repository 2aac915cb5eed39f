namespace PaySg.Functions.Platform.Storage;

/// <summary>
/// Which addresses of a table service Azure's client uses as such. It takes some for Cosmos DB by their name alone, and sends merges there as POST with
/// <c>X-HTTP-Method</c>: Azure Table Storage and Azurite answer a transaction with such a merge 409, so a webhook would be posted and never be recorded.
/// </summary>
internal static class TableEndpoint
{
    // Azurite's own port, the only one at which the client does not take localhost for the emulator of Cosmos DB.
    private const int EmulatorPort = 10002;

    private static readonly string[] CosmosNames = [".table.cosmosdb.", ".table.cosmos."];

    /// <summary>What is wrong with the address, and what to do; null: nothing. A query, which may hold a signature, is not in it.</summary>
    /// <param name="setting">The setting's name.</param>
    public static string? ProblemOf(string setting, Uri endpoint)
    {
        var address = endpoint.GetLeftPart(UriPartial.Authority);
        if (string.Equals(endpoint.Host, "localhost", StringComparison.OrdinalIgnoreCase) && endpoint.Port != EmulatorPort)
            return $"{setting}: the table endpoint {address} would be taken for Cosmos DB and its transactions fail. Write 127.0.0.1 in place of localhost.";

        if (CosmosNames.Any(name => endpoint.Host.Contains(name, StringComparison.OrdinalIgnoreCase)))
            return $"{setting}: the table endpoint {address} is one of Cosmos DB. The app needs Azure Table Storage: name a storage account, whose tables are at https://ACCOUNT.table.core.windows.net.";

        return endpoint.HostNameType == UriHostNameType.IPv6
            ? $"{setting}: the table endpoint {address} is an IPv6 address, which Azure's client cannot use. Write 127.0.0.1, or a name."
            : null;
    }
}
