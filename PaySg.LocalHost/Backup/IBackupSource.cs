namespace PaySg.LocalHost.Backup;

/// <summary>Where a backup is read from.</summary>
internal interface IBackupSource
{
    /// <summary>What messages call it.</summary>
    string Name { get; }

    /// <summary>What it holds, after all of it was looked through: nothing is restored from what is damaged.</summary>
    /// <param name="tables">The names to look for.</param>
    /// <exception cref="LocalHostException">There is no backup, or it is damaged or foreign.</exception>
    Task<BackupContent> CheckAsync(IReadOnlyList<string> tables, CancellationToken stop);

    /// <summary>The lines of a table, compressed.</summary>
    Task<Stream> OpenAsync(string table, CancellationToken stop);
}
