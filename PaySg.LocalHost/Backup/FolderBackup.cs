using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using PaySg.Functions.Operations.Backup;

namespace PaySg.LocalHost.Backup;

/// <summary>A folder that the command <c>backup</c> has written.</summary>
internal sealed class FolderBackup(string folder) : IBackupSource
{
    /// <summary>At the end of a gzip file stands how long its content is, modulo 2^32 (RFC 1952, section 2.3.1).</summary>
    private const int LengthBytes = 4;

    /// <summary>Its header and its end (RFC 1952, section 2.3).</summary>
    private const int ShortestFile = 18;

    public string Name => folder;

    public async Task<BackupContent> CheckAsync(IReadOnlyList<string> tables, CancellationToken stop)
    {
        var path = Path.Combine(folder, BackupManifest.FileName);
        if (File.Exists(path) && new FileInfo(path).Length == 0)
            throw new LocalHostException($"{folder} is not whole: its backup was interrupted. Nothing was restored.");

        IReadOnlyList<string> there = [.. tables.Where(table => File.Exists(PathOf(table)))];
        if (there.Count == 0)
            throw new LocalHostException($"{folder} holds no backup: there is no file such as {tables[0]}.jsonl.gz.");

        // An older release wrote none.
        var manifest = File.Exists(path) ? BackupManifest.Read(BinaryData.FromBytes(await File.ReadAllBytesAsync(path, stop))) : null;
        foreach (var table in there)
        {
            var told = manifest?.Tables.FirstOrDefault(told => told.Name == table);
            if (manifest is not null && told is null)
                throw new LocalHostException($"{PathOf(table)} is not of this backup: the manifest does not name it. Nothing was restored.");

            // What the app wrote into its container is of many parts, each with a length of its own.
            if (told is null || new FileInfo(PathOf(table)).Length != told.Bytes)
                CheckIsWhole(PathOf(table));
        }

        foreach (var table in manifest?.Tables.Where(table => tables.Contains(table.Name, StringComparer.Ordinal)) ?? [])
        {
            if (!there.Contains(table.Name, StringComparer.Ordinal) || await HashAsync(table.Name, stop) != table.Sha256)
                throw new LocalHostException($"{PathOf(table.Name)} is damaged: its content is not what the manifest says. Nothing was restored.");
        }

        return new BackupContent(there, manifest?.Account);
    }

    public Task<Stream> OpenAsync(string table, CancellationToken stop) => Task.FromResult<Stream>(File.OpenRead(PathOf(table)));

    private string PathOf(string table) => Path.Combine(folder, table + ".jsonl.gz");

    private async Task<string> HashAsync(string table, CancellationToken stop)
    {
        await using var lines = new GZipStream(File.OpenRead(PathOf(table)), CompressionMode.Decompress);
        try
        {
            return Convert.ToHexStringLower(await SHA256.HashDataAsync(lines, stop));
        }
        catch (InvalidDataException fault)
        {
            throw new LocalHostException($"{PathOf(table)} is damaged: {fault.Message} Nothing was restored.", fault);
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
}
