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
        var (version, length) = FindVersionAndLength(json, name);
        var rented = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            var document = rented.AsSpan(0, length);
            if (CopyChunks(json, name, document) < length)
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

    private static (ETag Version, int Length) FindVersionAndLength(ReadOnlySpan<byte> json, string name)
    {
        var (version, length) = (default(ETag), 0);
        var reader = RowAnswer.Begin(json);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isVersion = reader.ValueTextEquals(RowAnswer.Version);
            var isLength = !isVersion && IsOf(name, ref reader, out var ending) && ending.SequenceEqual("_length"u8);
            reader.Read();
            if (isVersion)
            {
                version = new ETag(reader.GetString()!);
            }
            else if (isLength)
            {
                length = reader.GetInt32();
            }
            else
            {
                reader.Skip();
            }
        }

        RowAnswer.End(ref reader);
        return length >= 0 ? (version, length) : throw new FormatException($"The document '{name}' has a length of {length}.");
    }

    /// <summary>Puts each column where its number says; those behind the length are of an older, longer document.</summary>
    private static int CopyChunks(ReadOnlySpan<byte> json, string name, Span<byte> document)
    {
        var copied = 0;
        var reader = RowAnswer.Begin(json);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isChunk = IsOf(name, ref reader, out var ending) & int.TryParse(ending, NumberStyles.None, CultureInfo.InvariantCulture, out var index);
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

    /// <summary>Whether the property that the reader stands at begins with a name of ours, which is ASCII, and how it ends.</summary>
    private static bool IsOf(string name, ref Utf8JsonReader reader, out ReadOnlySpan<byte> ending)
    {
        var property = reader.ValueSpan;
        var isOf = property.Length > name.Length && Ascii.Equals(property[..name.Length], name);
        ending = isOf ? property[name.Length..] : default;
        return isOf;
    }
}
