using System.IO.Compression;
using System.Security.Cryptography;
using Azure.Data.Tables;
using PaySg.Functions.Operations.Backup;
using PaySg.Functions.Platform.Storage;

namespace PaySg.LocalHost.Backup;

/// <summary>
/// Copies every row of every table into a folder, one compressed file a table. It reads while the app goes on writing, so it is no snapshot: a
/// change that is made meanwhile may be in it or not.
/// </summary>
internal sealed class BackUpTables(PaySgTables tables, TimeProvider clock, TextWriter output)
{
    /// <summary>The name of a table's file.</summary>
    public static string FileOf(TableClient table) => table.Name + ".jsonl.gz";

    /// <summary>Writes the files into a folder that is made, or is empty.</summary>
    /// <exception cref="LocalHostException">The folder holds something.</exception>
    public async Task RunAsync(string folder, CancellationToken stop)
    {
        Directory.CreateDirectory(folder);
        if (Directory.EnumerateFileSystemEntries(folder).Any())
            throw new LocalHostException($"{folder} is not empty. Name a new folder: a backup is never written over another.");
        var copied = new List<BackedUpTable>();
        foreach (var table in tables.All)
        {
            copied.Add(await CopyAsync(table, Path.Combine(folder, FileOf(table)), stop));
            await output.WriteLineAsync($"{table.Name}: {copied[^1].Rows} rows");
        }

        // Last: a folder with it is whole.
        var manifest = new BackupManifest(BackupManifest.Current, Path.GetFileName(folder), clock.GetUtcNow(), copied, tables.Access.AccountName);
        await File.WriteAllBytesAsync(Path.Combine(folder, BackupManifest.FileName), manifest.Write().ToArray(), stop);
    }

    private static async Task<BackedUpTable> CopyAsync(TableClient table, string file, CancellationToken stop)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var rows = 0L;
        await using (var compressed = new GZipStream(File.Create(file), CompressionLevel.Fastest))
        {
            await foreach (var row in table.QueryAsync<TableEntity>(cancellationToken: stop))
            {
                byte[] line = [.. RowJson.Write(row), (byte)'\n'];
                hash.AppendData(line);
                await compressed.WriteAsync(line, stop);
                rows++;
            }
        }

        return new BackedUpTable(table.Name, rows, new FileInfo(file).Length, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }
}
