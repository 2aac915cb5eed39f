using System.IO.Compression;
using Azure.Data.Tables;
using PaySg.Functions.Operations.Backup;
using PaySg.Functions.Platform.Storage;

namespace PaySg.LocalHost.Backup;

/// <summary>
/// Copies every row of every table into a folder, one compressed file a table. It reads while the app goes on writing, so it is no snapshot: a
/// change that is made meanwhile may be in it or not.
/// </summary>
internal sealed class BackUpTables(PaySgTables tables, TextWriter output)
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
        foreach (var table in tables.All)
        {
            var rows = 0L;
            await using var compressed = new GZipStream(File.Create(Path.Combine(folder, FileOf(table))), CompressionLevel.Fastest);
            await foreach (var row in table.QueryAsync<TableEntity>(cancellationToken: stop))
            {
                await compressed.WriteAsync(RowJson.Write(row), stop);
                compressed.WriteByte((byte)'\n');
                rows++;
            }

            await output.WriteLineAsync($"{table.Name}: {rows} rows");
        }
    }
}
