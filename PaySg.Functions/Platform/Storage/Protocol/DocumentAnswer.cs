using System.Buffers;
using System.Buffers.Text;
using Azure;

namespace PaySg.Functions.Platform.Storage.Protocol;

/// <summary>Reads a row's document (<see cref="ChunkedDocument"/>) and version from the JSON that Table Storage answers, and nothing else of the row.</summary>
internal static class DocumentAnswer
{
    /// <summary>What is made of the document. It stands in a rented array, so nothing may keep it.</summary>
    /// <param name="json">The row.</param>
    /// <param name="name">The document's name.</param>
    /// <param name="read">Reads the document; an empty one where the row has none.</param>
    /// <exception cref="JsonException">It is no JSON object.</exception>
    /// <exception cref="FormatException">Columns of the document are missing or are no Base64.</exception>
    public static T Read<T>(ReadOnlySpan<byte> json, string name, DocumentReader<T> read)
    {
        var (version, length, first) = Find(json, name);
        var rented = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            var document = rented.AsSpan(0, length);
            if (!IsCopied(json[first], document) && CopyChunks(json, name, document) < length)
                throw new FormatException($"The row has not all columns of its document '{name}'.");

            return read(document, version);
        }
        finally
        {
            // Payers' data must not stay in it.
            rented.AsSpan(0, length).Clear();
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    /// <summary>The row's version, the document's length, and where the Base64 of its first column stands; nowhere: the column is missing or is escaped.</summary>
    private static (ETag Version, int Length, Range First) Find(ReadOnlySpan<byte> json, string name)
    {
        var (version, length, first) = (default(ETag), 0, default(Range));
        var reader = RowAnswer.Begin(json);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isVersion = reader.ValueTextEquals(RowAnswer.Version);
            var ending = isVersion ? default : EndingOf(name, ref reader);
            reader.Read();
            if (isVersion)
            {
                version = new ETag(reader.GetString()!);
            }
            else if (ending.SequenceEqual("_length"u8))
            {
                length = reader.GetInt32();
            }
            else if (ending.SequenceEqual("0"u8) && reader is { TokenType: JsonTokenType.String, ValueIsEscaped: false })
            {
                var quote = (int)reader.TokenStartIndex + 1;
                first = quote..(quote + reader.ValueSpan.Length);
            }
            else
            {
                reader.Skip();
            }
        }

        RowAnswer.End(ref reader);
        return length >= 0 ? (version, length, first) : throw new FormatException($"The document '{name}' has a length of {length}.");
    }

    /// <summary>Whether the whole document stood in its first column, as nearly every one does; then it is copied.</summary>
    private static bool IsCopied(ReadOnlySpan<byte> first, Span<byte> document) =>
        Base64.DecodeFromUtf8(first, document, out _, out var written) == OperationStatus.Done && written == document.Length;

    /// <summary>Puts each column where its number says; those behind the length are of an older, longer document.</summary>
    private static int CopyChunks(ReadOnlySpan<byte> json, string name, Span<byte> document)
    {
        var copied = 0;
        var reader = RowAnswer.Begin(json);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isChunk = int.TryParse(EndingOf(name, ref reader), NumberStyles.None, CultureInfo.InvariantCulture, out var index);
            reader.Read();
            if (isChunk && (long)index * ChunkedDocument.ChunkSize < document.Length)
            {
                copied += CopyChunk(ref reader, document[(index * ChunkedDocument.ChunkSize)..]);
            }
            else
            {
                reader.Skip();
            }
        }

        return copied;
    }

    private static int CopyChunk(ref Utf8JsonReader reader, Span<byte> room)
    {
        if (!reader.ValueIsEscaped && Base64.DecodeFromUtf8(reader.ValueSpan, room, out _, out var written) == OperationStatus.Done)
            return written;

        var chunk = reader.GetBytesFromBase64().AsSpan();
        chunk = chunk[..Math.Min(chunk.Length, room.Length)];
        chunk.CopyTo(room);
        return chunk.Length;
    }

    /// <summary>How the property that the reader stands at goes on behind a name of ours, which is ASCII; empty: it does not begin with it.</summary>
    private static ReadOnlySpan<byte> EndingOf(string name, ref Utf8JsonReader reader)
    {
        var property = reader.ValueSpan;
        return property.Length > name.Length && Ascii.Equals(property[..name.Length], name) ? property[name.Length..] : default;
    }
}
