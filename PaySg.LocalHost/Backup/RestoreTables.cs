using System.Buffers.Binary;
using System.IO.Compression;
using Azure;
using Azure.Data.Tables;
using PaySg.Functions.Platform.Storage;

namespace PaySg.LocalHost.Backup;

/// <summary>Puts back the rows of a backup that are missing. A row that is there stays as it is: what happened since the backup is not undone.</summary>
internal sealed class RestoreTables(PaySgTables tables, TextWriter output)
{
    // A transaction holds 100 rows of one partition and 4 MiB; base64 and names need room.
    private const int RowsAtOnce = 100;
    private const int CharactersAtOnce = 2 * 1024 * 1024;

    /// <summary>At the end of a gzip file stands how long its content is, modulo 2^32 (RFC 1952, section 2.3.1).</summary>
    private const int LengthBytes = 4;

    /// <summary>Its header and its end (RFC 1952, section 2.3).</summary>
    private const int ShortestFile = 18;

    /// <summary>Reads the files of a folder that <see cref="BackUpTables"/> has written. It may be run again.</summary>
    /// <exception cref="LocalHostException">The folder holds no backup, or a file is damaged.</exception>
    public async Task RunAsync(string folder, CancellationToken stop)
    {
        var files = tables.All.Select(table => (Table: table, File: Path.Combine(folder, BackUpTables.FileOf(table)))).Where(pair => File.Exists(pair.File)).ToList();
        if (files.Count == 0)
            throw new LocalHostException($"{folder} holds no backup: there is no file such as {BackUpTables.FileOf(tables.Payments)}.");
        foreach (var (_, file) in files)
            CheckIsWhole(file);
        foreach (var (table, file) in files)
        {
            await table.CreateIfNotExistsAsync(stop);
            var (read, restored) = await RestoreAsync(table, file, stop);
            await output.WriteLineAsync($"{table.Name}: {restored} of {read} rows were missing and are restored");
        }
    }

    /// <summary>.NET reads a file that was cut off as if it ended there, so the length that stands at its end is compared. Of an empty table it writes an empty file.</summary>
    private static void CheckIsWhole(string file)
    {
        using var bytes = File.OpenRead(file);
        if (bytes.Length == 0)
            return;

        var length = 0L;
        try
        {
            using var lines = new GZipStream(bytes, CompressionMode.Decompress, leaveOpen: true);
            var some = new byte[64 * 1024];
            for (var read = lines.Read(some); read > 0; read = lines.Read(some))
                length += read;
        }
        catch (Exception fault) when (fault is InvalidDataException or IOException)
        {
            throw new LocalHostException($"{file} is damaged: {fault.Message} Nothing was restored.", fault);
        }

        Span<byte> end = stackalloc byte[LengthBytes];
        bytes.Seek(-Math.Min(LengthBytes, bytes.Length), SeekOrigin.End);
        if (bytes.ReadAtLeast(end, LengthBytes, throwOnEndOfStream: false) < LengthBytes || bytes.Length < ShortestFile || BinaryPrimitives.ReadUInt32LittleEndian(end) != unchecked((uint)length))
            throw new LocalHostException($"{file} is damaged: it is not whole. Nothing was restored.");
    }

    private static async Task<(long Read, long Restored)> RestoreAsync(TableClient table, string file, CancellationToken stop)
    {
        var (read, restored, characters) = (0L, 0L, 0);
        var batch = new List<TableEntity>();
        using var lines = new StreamReader(new GZipStream(File.OpenRead(file), CompressionMode.Decompress));
        while (await lines.ReadLineAsync(stop) is { } line)
        {
            var row = RowJson.Read(line, file, ++read);
            if (batch.Count == RowsAtOnce || characters + line.Length > CharactersAtOnce || (batch.Count > 0 && batch[0].PartitionKey != row.PartitionKey))
            {
                restored += await InsertMissingAsync(table, batch, stop);
                batch.Clear();
                characters = 0;
            }

            batch.Add(row);
            characters += line.Length;
        }

        return (read, restored + (batch.Count > 0 ? await InsertMissingAsync(table, batch, stop) : 0));
    }

    private static async Task<int> InsertMissingAsync(TableClient table, List<TableEntity> batch, CancellationToken stop)
    {
        try
        {
            await table.SubmitTransactionAsync(batch.Select(row => new TableTransactionAction(TableTransactionActionType.Add, row)), stop);
            return batch.Count;
        }
        catch (TableTransactionFailedException conflict) when (conflict.Status == 409)
        {
            // At least one is there: one by one.
            var inserted = 0;
            foreach (var row in batch)
                inserted += await InsertIfMissingAsync(table, row, stop);
            return inserted;
        }
    }

    private static async Task<int> InsertIfMissingAsync(TableClient table, TableEntity row, CancellationToken stop)
    {
        try
        {
            await table.AddEntityAsync(row, stop);
            return 1;
        }
        catch (RequestFailedException conflict) when (conflict.Status == 409)
        {
            return 0;
        }
    }
}
