using System.IO.Compression;
using System.Security.Cryptography;
using Azure;
using Azure.Storage.Blobs;
using PaySg.Functions.Operations.Backup;

namespace PaySg.LocalHost.Backup;

/// <summary>A run that the app has written into its container.</summary>
internal sealed class ContainerBackup(BlobContainerClient container, BackupRun run) : IBackupSource
{
    public string Name => $"{container.Name}/{run.Id}";

    /// <summary>The run of this id, or the newest whole one.</summary>
    /// <param name="container">Where they are.</param>
    /// <param name="id">The id; null: the newest.</param>
    /// <exception cref="LocalHostException">There is none.</exception>
    public static async Task<ContainerBackup> FindAsync(BlobContainerClient container, string? id, CancellationToken stop)
    {
        if (id is not null && BackupRun.Of(id) is { } named)
            return new ContainerBackup(container, named);

        BackupRun? newest = null;
        await foreach (var blob in container.GetBlobsAsync(cancellationToken: stop))
        {
            if (BackupRun.Of(blob.Name) is { } run && blob.Name == run.ManifestName && !(newest?.DueAt > run.DueAt))
                newest = run;
        }

        return newest is { } last ? new ContainerBackup(container, last) : throw new LocalHostException($"Container {container.Name} holds no whole backup.");
    }

    public async Task<BackupContent> CheckAsync(IReadOnlyList<string> tables, CancellationToken stop)
    {
        var manifest = container.GetBlobClient(run.ManifestName);
        if (!await manifest.ExistsAsync(stop))
            throw new LocalHostException($"{Name} is not whole: it has no manifest. Choose another run.");

        var read = BackupManifest.Read((await manifest.DownloadContentAsync(stop)).Value.Content);
        var copied = read.Tables.Where(table => tables.Contains(table.Name, StringComparer.Ordinal)).ToList();
        if (copied.Count == 0)
            throw new LocalHostException($"{Name} holds none of the tables {string.Join(", ", tables)}: it is the backup of another installation.");
        foreach (var table in copied)
            await CheckAsync(table, stop);
        return new BackupContent([.. copied.Select(table => table.Name)], read.Account);
    }

    public async Task<Stream> OpenAsync(string table, CancellationToken stop) => await container.GetBlobClient(run.BlobOf(table)).OpenReadAsync(cancellationToken: stop);

    private async Task CheckAsync(BackedUpTable table, CancellationToken stop)
    {
        try
        {
            await using var lines = new GZipStream(await OpenAsync(table.Name, stop), CompressionMode.Decompress);
            if (Convert.ToHexStringLower(await SHA256.HashDataAsync(lines, stop)) == table.Sha256)
                return;
        }
        catch (Exception fault) when (fault is InvalidDataException or RequestFailedException { ErrorCode: "BlobNotFound" })
        {
            throw new LocalHostException($"{run.BlobOf(table.Name)} is damaged: {fault.Message.Split('\n')[0].Trim()} Nothing was restored.", fault);
        }

        throw new LocalHostException($"{run.BlobOf(table.Name)} is damaged: its content is not what the manifest says. Nothing was restored.");
    }
}
