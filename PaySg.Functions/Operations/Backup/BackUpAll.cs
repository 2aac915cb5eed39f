using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace PaySg.Functions.Operations.Backup;

/// <summary>
/// Makes the backup that is due: one blob a table, and then the manifest, which says that it is whole. A run that was killed is continued by the next one.
/// Afterwards runs go that are older than they are kept for, and the age of the newest whole one is measured.
/// </summary>
internal sealed class BackUpAll(
    PaySgTables tables, StorageConnection connection, StorageAdvice advice, BackupSettings settings, BackupMetrics metrics, TimeProvider clock, ILogger<BackUpAll> log)
{
    /// <summary>Does what is due, as far as it can. A fault is logged, with what to do, and the next run tries again.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (settings.Container is not { } name)
            return;

        try
        {
            await MakeDueAsync(name, cancellationToken);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            Log.BackupFailed(log, name, AdviceFor(fault), fault);
        }
    }

    /// <summary>The same, where somebody waits for it: a fault is thrown.</summary>
    /// <returns>The newest run.</returns>
    public async Task<BackupRun> MakeDueAsync(string containerName, CancellationToken cancellationToken)
    {
        var container = connection.Container(containerName);
        var run = BackupRun.LastDue(clock.GetUtcNow());
        var runs = await RunsAsync(container, cancellationToken);
        try
        {
            if (!runs.Whole.Contains(run))
                await MakeAsync(container, run, cancellationToken);
        }
        catch when (runs.Whole.Count > 0)
        {
            // It did not come to be: the age of the one before it tells how late that is.
            metrics.SawNewest(clock.GetUtcNow() - runs.Whole.Max(static whole => whole.DueAt));
            throw;
        }

        metrics.SawNewest(clock.GetUtcNow() - run.DueAt);
        await DeleteOldAsync(container, runs.Blobs, cancellationToken);
        return run;
    }

    private async Task MakeAsync(BlobContainerClient container, BackupRun run, CancellationToken cancellationToken)
    {
        var begun = clock.GetTimestamp();
        var copied = new List<BackedUpTable>();
        foreach (var table in tables.All)
        {
            using var copy = new BackUpTable(table, container.GetAppendBlobClient(run.BlobOf(table.Name)));
            copied.Add(await copy.RunAsync(cancellationToken));
        }

        var manifest = new BackupManifest(BackupManifest.Current, run.Id, clock.GetUtcNow(), copied, tables.Access.AccountName);
        await container.GetBlobClient(run.ManifestName).UploadAsync(manifest.Write(), new BlobUploadOptions { Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All } }, cancellationToken);
        Log.BackedUp(log, run.Id, copied.Sum(static table => table.Rows), copied.Sum(static table => table.Bytes), clock.GetElapsedTime(begun));
    }

    private static async Task<(HashSet<BackupRun> Whole, IReadOnlyList<(BackupRun Run, string Name)> Blobs)> RunsAsync(BlobContainerClient container, CancellationToken cancellationToken)
    {
        var (whole, blobs) = (new HashSet<BackupRun>(), new List<(BackupRun Run, string Name)>());
        await foreach (var blob in container.GetBlobsAsync(cancellationToken: cancellationToken))
        {
            // What somebody else put there is left alone.
            if (BackupRun.Of(blob.Name) is not { } run)
                continue;

            blobs.Add((run, blob.Name));
            if (blob.Name == run.ManifestName)
                whole.Add(run);
        }

        return (whole, blobs);
    }

    private async Task DeleteOldAsync(BlobContainerClient container, IReadOnlyList<(BackupRun Run, string Name)> blobs, CancellationToken cancellationToken)
    {
        var before = clock.GetUtcNow() - settings.KeptFor;

        // The manifest first: what is half deleted is not whole.
        foreach (var (_, name) in blobs.Where(blob => blob.Run.DueAt < before).OrderByDescending(blob => blob.Name == blob.Run.ManifestName))
        {
            try
            {
                await container.DeleteBlobIfExistsAsync(name, cancellationToken: cancellationToken);
            }
            catch (RequestFailedException kept) when (kept.ErrorCode == "BlobImmutableDueToPolicy")
            {
                // The policy keeps it longer than the setting. Another day.
            }
        }
    }

    private string AdviceFor(Exception fault) => fault switch
    {
        RequestFailedException { ErrorCode: "ContainerNotFound" } => "does not exist. Deploy the infrastructure again: it makes the container, with its policy.",
        RequestFailedException { Status: 403, ErrorCode: "AuthorizationPermissionMismatch" } => "refuses the app. Give its identity the role Storage Blob Data Owner on the account.",
        RequestFailedException { ErrorCode: "BlockCountExceedsLimit" } => "is full: a blob of it holds as many blocks as a blob may (50,000, which is 50 million rows). Let retention settings delete what need not be kept.",
        InvalidDataException damaged => $"holds a damaged blob of this run: {damaged.Message} The next day's run begins anew.",
        _ => advice.For(fault),
    };
}
