namespace PaySg.LocalHost.Backup;

/// <summary>What a backup holds.</summary>
/// <param name="Tables">The names of its tables, of those that were looked for.</param>
/// <param name="Account">The storage account that it is of; null: not known.</param>
internal sealed record BackupContent(IReadOnlyList<string> Tables, string? Account);
