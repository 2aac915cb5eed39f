namespace PaySg.Functions.Operations.Backup;

/// <summary>What of a table is in a backup.</summary>
/// <param name="Name">The table's name.</param>
/// <param name="Rows">How many rows.</param>
/// <param name="Bytes">How long the blob is.</param>
/// <param name="Sha256">The hash of all lines, each with its line feed, in hexadecimal.</param>
internal sealed record BackedUpTable(string Name, long Rows, long Bytes, string Sha256);
