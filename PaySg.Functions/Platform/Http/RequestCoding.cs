using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;

namespace PaySg.Functions.Platform.Http;

/// <summary>Undoes what <c>Content-Encoding</c> names (RFC 9110, section 8.4). No more than the limit of bodies is ever unpacked, however small what was sent is.</summary>
/// <remarks>
/// .NET's streams read what broke off as if it ended there, so the checksums and lengths that stand at the end are compared here; a bare deflate stream has none.
/// </remarks>
internal static class RequestCoding
{
    /// <summary>The codings that are taken, as <c>Accept-Encoding</c> lists them.</summary>
    public const string Taken = "gzip, deflate, br";

    private const int Most = 3;
    private const int GzipTrailer = 8;
    private const int ZlibFrame = 6;
    private const uint AdlerModulus = 65521;

    /// <summary>The codings in which the body was sent, in the order in which they were applied.</summary>
    /// <exception cref="ApiException">415 for one that is not taken, and for more than three.</exception>
    public static IReadOnlyList<string> Of(HttpRequest request)
    {
        List<string> codings =
        [
            .. request.Headers.ContentEncoding.ToString().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .Select(coding => coding.ToLowerInvariant())
                .Where(coding => coding != "identity"),
        ];
        return codings.Find(coding => coding is not ("gzip" or "x-gzip" or "deflate" or "br")) is { } other ? throw ApiErrors.UnsupportedCoding(other, Taken)
            : codings.Count > Most ? throw ApiErrors.UnsupportedCoding(string.Join(", ", codings), Taken)
            : codings;
    }

    /// <summary>The body as it was before the codings were applied.</summary>
    /// <exception cref="ApiException">400 where it is not in that coding or not whole, 413 where it becomes larger than a body may be.</exception>
    public static ReadOnlyMemory<byte> Undo(IReadOnlyList<string> codings, ReadOnlyMemory<byte> sent) =>
        sent.IsEmpty ? sent : codings.Reverse().Aggregate(sent, static (bytes, coding) => Undo(coding, bytes));

    private static ReadOnlyMemory<byte> Undo(string coding, ReadOnlyMemory<byte> sent)
    {
        try
        {
            return (coding == "br" ? OfBrotli(sent.Span) : coding == "deflate" ? OfDeflate(sent) : OfGzip(sent)) ?? throw NotIn(coding);
        }
        catch (Exception fault) when (fault is InvalidDataException or IOException)
        {
            // The latter is .NET's ZLibException, for a stream that asks for a dictionary: nothing but bytes in memory is read here.
            throw NotIn(coding);
        }
    }

    private static ApiException NotIn(string coding) =>
        ApiErrors.InvalidBody($"The request body is not {coding}, as Content-Encoding says, or did not arrive whole.");

    private static ReadOnlyMemory<byte>? OfGzip(ReadOnlyMemory<byte> sent)
    {
        var bytes = Inflate(new GZipStream(StreamOf(sent), CompressionMode.Decompress));
        return sent.Length > GzipTrailer && BinaryPrimitives.ReadUInt32LittleEndian(sent.Span[^4..]) == (uint)bytes.Length ? bytes : null;
    }

    /// <summary>The coding's name means zlib (RFC 9110, section 8.4.1.2), but some clients send the bare stream.</summary>
    private static ReadOnlyMemory<byte>? OfDeflate(ReadOnlyMemory<byte> sent)
    {
        var isZlib = sent.Length > ZlibFrame && (sent.Span[0] & 0x0F) == 8 && BinaryPrimitives.ReadUInt16BigEndian(sent.Span) % 31 == 0;
        if (!isZlib)
            return Inflate(new DeflateStream(StreamOf(sent), CompressionMode.Decompress));

        var bytes = Inflate(new ZLibStream(StreamOf(sent), CompressionMode.Decompress));
        return BinaryPrimitives.ReadUInt32BigEndian(sent.Span[^4..]) == Adler32(bytes.Span) ? bytes : null;
    }

    private static ReadOnlyMemory<byte>? OfBrotli(ReadOnlySpan<byte> sent)
    {
        var unpacked = new byte[RequestBody.Limit + 1];
        using var decoder = new BrotliDecoder();
        return decoder.Decompress(sent, unpacked, out var consumed, out var written) switch
        {
            OperationStatus.Done when written > RequestBody.Limit => throw ApiErrors.BodyTooLarge(RequestBody.Limit),
            OperationStatus.Done when consumed == sent.Length => unpacked.AsMemory(0, written),
            OperationStatus.DestinationTooSmall => throw ApiErrors.BodyTooLarge(RequestBody.Limit),
            _ => null,
        };
    }

    private static ReadOnlyMemory<byte> Inflate(Stream unpacking)
    {
        using (unpacking)
        {
            var unpacked = new byte[RequestBody.Limit + 1];
            var length = unpacking.ReadAtLeast(unpacked, unpacked.Length, throwOnEndOfStream: false);
            return length > RequestBody.Limit ? throw ApiErrors.BodyTooLarge(RequestBody.Limit) : unpacked.AsMemory(0, length);
        }
    }

    private static MemoryStream StreamOf(ReadOnlyMemory<byte> bytes) => new(bytes.ToArray(), writable: false);

    /// <summary>The checksum of zlib (RFC 1950, section 9).</summary>
    private static uint Adler32(ReadOnlySpan<byte> bytes)
    {
        var (sum, sums) = (1u, 0u);
        foreach (var value in bytes)
        {
            sum = (sum + value) % AdlerModulus;
            sums = (sums + sum) % AdlerModulus;
        }

        return (sums << 16) | sum;
    }
}
