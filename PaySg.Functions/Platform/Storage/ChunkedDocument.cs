using System.Buffers;
using System.Runtime.InteropServices;

namespace PaySg.Functions.Platform.Storage;

/// <summary>
/// Documents in binary columns: a string column holds 32,768 characters, a binary one 64 KiB, a row 1 MiB.
/// A document is cut into columns <c>name0</c>, <c>name1</c>, … of at most 60 KiB.
/// </summary>
internal static class ChunkedDocument
{
    /// <summary>The largest column, in bytes.</summary>
    public const int ChunkSize = 60 * 1024;

    /// <summary>What the name of the column with the document's length ends with.</summary>
    public const string LengthSuffix = "_length";

    /// <summary>Writes a document that nobody changes afterwards: where it fits into one column, the array itself goes into the row.</summary>
    public static void Write(TableEntity row, string name, byte[] document)
    {
        if (document.Length is 0 or > ChunkSize)
        {
            Write(row, name, document.AsSpan());
            return;
        }

        row[name + LengthSuffix] = document.Length;
        row[name + "0"] = document;
    }

    /// <summary>The same, of what may be an array.</summary>
    public static void Write(TableEntity row, string name, ReadOnlyMemory<byte> document)
    {
        if (MemoryMarshal.TryGetArray(document, out var array) && array.Offset == 0 && array.Count == array.Array!.Length)
        {
            Write(row, name, array.Array);
        }
        else
        {
            Write(row, name, document.Span);
        }
    }

    /// <summary>Writes the document into the row's columns, and its length: a merge keeps columns that it does not name, so what lies behind the length is old.</summary>
    public static void Write(TableEntity row, string name, ReadOnlySpan<byte> document)
    {
        row[name + LengthSuffix] = document.Length;
        for (var index = 0; document.Length > 0; index++)
        {
            var chunk = document[..Math.Min(ChunkSize, document.Length)];
            row[name + index] = chunk.ToArray();
            document = document[chunk.Length..];
        }
    }

    /// <summary>Whether the row has the document.</summary>
    public static bool IsIn(TableEntity row, string name) => row.ContainsKey(name + LengthSuffix);

    /// <summary>Reads the document from the row's columns; empty where there is none.</summary>
    public static ReadOnlyMemory<byte> Read(TableEntity row, string name)
    {
        var length = row.GetInt32(name + LengthSuffix) ?? 0;
        if (length <= ChunkSize)
            return length == 0 ? default : row.GetBinary(name + "0").AsMemory(0, length);

        var whole = new ArrayBufferWriter<byte>(length);
        for (var index = 0; whole.WrittenCount < length; index++)
        {
            var chunk = row.GetBinary(name + index);
            whole.Write(chunk.AsSpan(0, Math.Min(chunk.Length, length - whole.WrittenCount)));
        }

        return whole.WrittenMemory;
    }
}
