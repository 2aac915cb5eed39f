using System.IO.Compression;
using System.Security.Cryptography;
using Azure;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace PaySg.Functions.Operations.Backup;

/// <summary>
/// Copies one table into one append blob. Each block is a whole gzip member, and is added or not: so a process may die at any time, and the next one reads
/// what is there, takes its last row, and goes on behind it. Nothing else remembers how far it came. Memory does not grow with the table.
/// </summary>
/// <remarks>The table is read while the app goes on writing: a change that is made meanwhile may be in the copy or not.</remarks>
internal sealed class BackUpTable(TableClient table, AppendBlobClient blob) : IDisposable
{
    // A block may have 4 MiB; a row has at most 1 MiB, a third more as base64.
    private const int RowsPerBlock = 1000;
    private const int BytesPerBlock = 1024 * 1024;

    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly MemoryStream block = new();
    private GZipStream? lines;
    private long rows;
    private int rowsInBlock;
    private int bytesInBlock;
    private long position;

    /// <summary>Copies what is not copied yet.</summary>
    /// <exception cref="RequestFailedException">Storage refuses it. It can be run again.</exception>
    public async Task<BackedUpTable> RunAsync(CancellationToken cancellationToken)
    {
        var last = await ResumeAsync(cancellationToken);
        await foreach (var row in RowsAfterAsync(last, cancellationToken))
        {
            Add(RowJson.Write(row));
            if (rowsInBlock == RowsPerBlock || bytesInBlock >= BytesPerBlock)
                await AppendAsync(cancellationToken);
        }

        if (rowsInBlock > 0)
            await AppendAsync(cancellationToken);
        return new BackedUpTable(table.Name, rows, position, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    public void Dispose()
    {
        lines?.Dispose();
        block.Dispose();
        hash.Dispose();
    }

    /// <summary>Begins the blob, or reads what an earlier process has left; its last row.</summary>
    private async Task<TableEntity?> ResumeAsync(CancellationToken cancellationToken)
    {
        try
        {
            await blob.CreateAsync(new AppendBlobCreateOptions { Conditions = new AppendBlobRequestConditions { IfNoneMatch = ETag.All } }, cancellationToken);
            return null;
        }
        catch (RequestFailedException begun) when (begun.Status is 409 or 412 && begun.ErrorCode is "BlobAlreadyExists" or "ConditionNotMet" or "BlobImmutableDueToPolicy")
        {
            position = (await blob.GetPropertiesAsync(cancellationToken: cancellationToken)).Value.ContentLength;
        }

        if (position == 0)
            return null;

        string? newest = null;
        using var reader = new StreamReader(new GZipStream(await blob.OpenReadAsync(cancellationToken: cancellationToken), CompressionMode.Decompress));
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(line));
            hash.AppendData("\n"u8);
            newest = line;
            rows++;
        }

        return newest is null ? null : RowJson.Read(newest, blob.Name, rows);
    }

    /// <summary>The rows behind one, in the table's order. Two queries, each of one range: Azure answers a query with "or" by reading the whole table.</summary>
    private async IAsyncEnumerable<TableEntity> RowsAfterAsync(TableEntity? last, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (last is not null)
        {
            var rest = TableClient.CreateQueryFilter($"PartitionKey eq {last.PartitionKey} and RowKey gt {last.RowKey}");
            await foreach (var row in table.QueryAsync<TableEntity>(rest, cancellationToken: cancellationToken))
                yield return row;
        }

        var others = TableClient.CreateQueryFilter($"PartitionKey gt {last?.PartitionKey ?? ""}");
        await foreach (var row in table.QueryAsync<TableEntity>(others, cancellationToken: cancellationToken))
            yield return row;
    }

    private void Add(byte[] line)
    {
        lines ??= new GZipStream(block, CompressionLevel.Fastest, leaveOpen: true);
        lines.Write(line);
        lines.Write("\n"u8);
        hash.AppendData(line);
        hash.AppendData("\n"u8);
        rows++;
        rowsInBlock++;
        bytesInBlock += line.Length + 1;
    }

    private async Task AppendAsync(CancellationToken cancellationToken)
    {
        await lines!.DisposeAsync();
        lines = null;
        block.Position = 0;
        var conditions = new AppendBlobRequestConditions { IfAppendPositionEqual = position };
        try
        {
            await blob.AppendBlockAsync(block, new AppendBlobAppendBlockOptions { Conditions = conditions }, cancellationToken);
        }
        catch (RequestFailedException moved) when (moved.ErrorCode == BlobErrorCode.AppendPositionConditionNotMet)
        {
            // Our own first try, whose answer was lost: then the block is there. Otherwise another process writes the same blob.
            if ((await blob.GetPropertiesAsync(cancellationToken: cancellationToken)).Value.ContentLength != position + block.Length)
                throw;
        }

        position += block.Length;
        block.SetLength(0);
        (rowsInBlock, bytesInBlock) = (0, 0);
    }
}
