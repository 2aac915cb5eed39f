using System.Buffers;
using Azure.Data.Tables;

namespace PaySg.Functions.Storage;

/// <summary>
/// Documents in binary columns: a string column holds 32,768 characters, a binary one 64 KiB, a row 1 MiB.
/// A document is cut into columns <c>name0</c>, <c>name1</c>, … of at most 60 KiB.
/// </summary>
public static class ChunkedDocument
{
    /// <summary>The largest column, in bytes.</summary>
    public const int ChunkSize = 60 * 1024;

    /// <summary>Writes the document into the row's columns.</summary>
    public static void Write(TableEntity row, string name, ReadOnlySpan<byte> document)
    {
        ArgumentNullException.ThrowIfNull(row);
        var index = 0;
        do
        {
            var chunk = document[..Math.Min(ChunkSize, document.Length)];
            row[name + index] = chunk.ToArray();
            document = document[chunk.Length..];
            index++;
        }
        while (document.Length > 0);
    }

    /// <summary>Reads the document from the row's columns; empty where there is none.</summary>
    public static ReadOnlyMemory<byte> Read(TableEntity row, string name)
    {
        ArgumentNullException.ThrowIfNull(row);
        var first = row.GetBinary(name + "0");
        if (first is null)
        {
            return default;
        }

        var next = row.GetBinary(name + "1");
        if (next is null)
        {
            return first;
        }

        var whole = new ArrayBufferWriter<byte>(first.Length + next.Length);
        whole.Write(first);
        for (var index = 2; next is not null; index++)
        {
            whole.Write(next);
            next = row.GetBinary(name + index);
        }

        return whole.WrittenMemory;
    }
}
