using System.Buffers;
using Microsoft.Net.Http.Headers;

namespace PaySg.Functions.Platform.Http;

/// <summary>Reads a request's JSON object, with our own limits.</summary>
internal static class RequestBody
{
    /// <summary>The largest body, in bytes.</summary>
    public const int Limit = 64 * 1024;

    private static ReadOnlySpan<byte> Mark => [0xEF, 0xBB, 0xBF];

    // Duplicate names are refused: two readers could take two different values. No field of ours nests deeper than 4.
    private static readonly JsonDocumentOptions Options = new() { AllowDuplicateProperties = false, MaxDepth = 32 };

    /// <summary>The fields of the body.</summary>
    /// <exception cref="ApiException">400 (not JSON, not an object), 413 (over <see cref="Limit"/>), 415 (other content type, coding or character set).</exception>
    public static async Task<RequestFields> ReadFieldsAsync(HttpRequest request, CancellationToken cancellationToken, bool isOptional = false)
    {
        if (request.ContentType is { Length: > 0 } && !request.HasJsonContentType())
            throw ApiErrors.UnsupportedMediaType();

        var bytes = await ReadAsync(request, cancellationToken);
        if (bytes.IsEmpty)
        {
            if (isOptional)
                return new RequestFields(JsonElement.Parse("{}"u8));

            throw ApiErrors.InvalidBody("The request has no body. Send a JSON object.");
        }

        try
        {
            var body = JsonElement.Parse(bytes.Span, Options);
            return body.ValueKind == JsonValueKind.Object
                ? new RequestFields(body)
                : throw ApiErrors.InvalidBody("The request body must be a JSON object.");
        }
        catch (InvalidOperationException)
        {
            // The only ways a name fails to decode: an unpaired surrogate, and bytes that are not UTF-8.
            throw ApiErrors.InvalidBody("A name in the request body contains an unpaired surrogate, or bytes that are not UTF-8.");
        }
        catch (JsonException fault)
        {
            throw ApiErrors.InvalidBody(
                $"The request body is not valid JSON, near line {fault.LineNumber + 1 ?? 1}, byte {fault.BytePositionInLine + 1 ?? 1}. Names must not repeat, nesting must not exceed 32.");
        }
    }

    /// <summary>
    /// The bytes of the body, in UTF-8: unpacked where <c>Content-Encoding</c> says that they are packed, and without the mark that some programs put before UTF-8.
    /// Empty where there is none.
    /// </summary>
    /// <exception cref="ApiException">400 (it did not arrive whole), 413 (over <see cref="Limit"/>, packed or not), 415 (another coding or character set).</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        RefuseOtherCharsets(request);
        var codings = RequestCoding.Of(request);
        var bytes = RequestCoding.Undo(codings, await ReadRawAsync(request, Limit, cancellationToken));
        return bytes.Span.StartsWith(Mark) ? bytes[Mark.Length..] : bytes;
    }

    private static void RefuseOtherCharsets(HttpRequest request)
    {
        if (MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            && HeaderUtilities.RemoveQuotes(type.Charset) is { Length: > 0 } charset
            && !charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase)
            && !charset.Equals("utf8", StringComparison.OrdinalIgnoreCase))
        {
            throw ApiErrors.UnsupportedCharset(charset.ToString());
        }
    }

    /// <summary>The bytes of the body as they were sent, for what is signed.</summary>
    /// <param name="limit">How many there may be.</param>
    /// <exception cref="ApiException">400 (it did not arrive whole), 413 (over the limit).</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadRawAsync(HttpRequest request, int limit, CancellationToken cancellationToken)
    {
        if (request.ContentLength > limit)
            throw ApiErrors.BodyTooLarge(limit);

        var buffer = new ArrayBufferWriter<byte>(Math.Clamp((int)(request.ContentLength ?? 4096) + 1, 256, limit + 1));
        while (true)
        {
            var read = await ReadSomeAsync(request, buffer.GetMemory(256), cancellationToken);
            if (read == 0)
                return buffer.WrittenMemory;

            buffer.Advance(read);
            if (buffer.WrittenCount > limit)
                throw ApiErrors.BodyTooLarge(limit);
        }
    }

    private static async Task<int> ReadSomeAsync(HttpRequest request, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await request.Body.ReadAsync(buffer, cancellationToken);
        }
        catch (IOException)
        {
            // Broken chunks, or a connection that broke off: the client's, and no outage of storage.
            throw ApiErrors.InvalidBody("The request body did not arrive whole.");
        }
    }
}
