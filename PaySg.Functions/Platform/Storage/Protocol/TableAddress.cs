namespace PaySg.Functions.Platform.Storage.Protocol;

/// <summary>Where a table and its rows are.</summary>
internal sealed class TableAddress
{
    /// <summary>The version of the service that requests are written for: that of Azure's client.</summary>
    public const string Version = "2020-12-06";

    // Keys are escaped here already, and the rest is ours: nothing is left to put into shape, which .NET would look for in every character.
    private static readonly UriCreationOptions AsWritten = new() { DangerousDisablePathAndQueryCanonicalization = true };

    private readonly string query;

    /// <param name="endpoint">The account's address, without a slash at the end.</param>
    /// <param name="host">The host in it.</param>
    /// <param name="signature">The signature that opens the account, as a query with its question mark; empty: something else does.</param>
    /// <param name="table">The table's name.</param>
    public TableAddress(string endpoint, string host, string signature, string table)
    {
        var beginning = signature.Length > 0 ? signature + "&" : "?";
        Table = $"{endpoint}/{table}";
        query = $"{beginning}$format=application%2Fjson%3Bodata%3Dminimalmetadata";
        RestOfHead = $"{query} HTTP/1.1\r\nHost: {host}\r\nx-ms-version: {Version}\r\nDataServiceVersion: 3.0\r\n";
    }

    /// <summary>The table's address.</summary>
    public string Table { get; }

    /// <summary>The address of a row.</summary>
    public Uri OfRow(string partitionKey, string rowKey) => new($"{Table}(PartitionKey='{KeyInUrl(partitionKey)}',RowKey='{KeyInUrl(rowKey)}'){query}", AsWritten);

    /// <summary>What follows the table's address in that of a row: a quote in a key stands twice.</summary>
    public static string KeysInUrl(string partitionKey, string rowKey) => $"(PartitionKey='{KeyInUrl(partitionKey)}',RowKey='{KeyInUrl(rowKey)}')";

    private static string KeyInUrl(string key) => Uri.EscapeDataString(key.Replace("'", "''", StringComparison.Ordinal));

    /// <summary>What follows the address of the table or the row in a transaction, up to the headers that depend on what is done.</summary>
    public string RestOfHead { get; }
}
