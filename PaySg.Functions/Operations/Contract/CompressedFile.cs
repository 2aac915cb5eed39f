using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace PaySg.Functions.Operations.Contract;

/// <summary>A file that never changes while the process lives: compressed once, answered from memory, with a validator for each coding.</summary>
internal sealed class CompressedFile
{
    private readonly string contentType;
    private readonly EncodedBytes plain;
    private readonly EncodedBytes[] encoded;

    public CompressedFile(byte[] bytes, string contentType)
    {
        this.contentType = contentType;
        var digest = Convert.ToHexStringLower(SHA256.HashData(bytes))[..16];
        plain = new EncodedBytes("", bytes, $"\"{digest}\"");

        // In the order of preference: Brotli's are the fewest bytes.
        encoded =
        [
            new EncodedBytes("br", Compress(bytes, stream => new BrotliStream(stream, CompressionLevel.Optimal)), $"\"{digest}-br\""),
            new EncodedBytes("gzip", Compress(bytes, stream => new GZipStream(stream, CompressionLevel.Optimal)), $"\"{digest}-gzip\""),
        ];
    }

    /// <summary>200 and the file in a coding that the client takes, or 304 where the client has it.</summary>
    public ApiAnswer Answer(HttpRequest request)
    {
        var headers = request.GetTypedHeaders();
        var chosen = Array.Find(encoded, one => IsTaken(headers.AcceptEncoding, one.Coding)) ?? plain;
        var isKnown = headers.IfNoneMatch.Any(tag => Names(tag, chosen.ETag));
        var answer = new ApiAnswer(isKnown ? StatusCodes.Status304NotModified : StatusCodes.Status200OK, isKnown ? default : chosen.Bytes)
            {
                ContentType = contentType,
                CacheControl = "no-cache",
            }
            .WithHeader("ETag", chosen.ETag)
            .WithHeader("Vary", "Accept-Encoding");
        return isKnown || chosen == plain ? answer : answer.WithHeader("Content-Encoding", chosen.Coding);
    }

    // A coding with the weight 0 is refused; "*" is every coding that is not named (RFC 9110, section 12.5.3).
    private static bool IsTaken(IList<StringWithQualityHeaderValue> accepted, string coding) =>
        (accepted.FirstOrDefault(one => one.Value.Equals(coding, StringComparison.OrdinalIgnoreCase)) ?? accepted.FirstOrDefault(one => one.Value == "*"))
            is { } named && named.Quality != 0;

    private static bool Names(EntityTagHeaderValue tag, string etag) =>
        tag.Equals(EntityTagHeaderValue.Any) || tag.Compare(EntityTagHeaderValue.Parse(etag), useStrongComparison: false);

    private static byte[] Compress(byte[] bytes, Func<Stream, Stream> compressInto)
    {
        var target = new MemoryStream();
        using (var stream = compressInto(target))
        {
            stream.Write(bytes);
        }

        return target.ToArray();
    }
}
