namespace PaySg.Functions.Platform.Storage.Transactions;

/// <summary>Where a table is, as the requests within a transaction say it.</summary>
internal sealed class TransactionAddress
{
    /// <summary>The version of the service that transactions are written for: that of Azure's client.</summary>
    public const string Version = "2020-12-06";

    /// <param name="endpoint">The account's address, without a slash at the end.</param>
    /// <param name="host">The host in it.</param>
    /// <param name="signature">The signature that opens the account, as a query with its question mark; empty: something else does.</param>
    /// <param name="table">The table's name.</param>
    public TransactionAddress(string endpoint, string host, string signature, string table)
    {
        var query = signature.Length > 0 ? signature + "&" : "?";
        Table = $"{endpoint}/{table}";
        RestOfHead = $"{query}$format=application%2Fjson%3Bodata%3Dminimalmetadata HTTP/1.1\r\nHost: {host}\r\nx-ms-version: {Version}\r\nDataServiceVersion: 3.0\r\n";
    }

    /// <summary>The table's address.</summary>
    public string Table { get; }

    /// <summary>What follows the address of the table or the row, up to the headers that depend on what is done.</summary>
    public string RestOfHead { get; }
}
