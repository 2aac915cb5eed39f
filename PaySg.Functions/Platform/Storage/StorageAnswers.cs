using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using PaySg.Functions.Platform.Storage.Protocol;

namespace PaySg.Functions.Platform.Storage;

/// <summary>
/// Finds what is not an answer of storage before the client reads it: it takes a page of a proxy for an empty row or queue, and a 404 for "no such row" whoever sends it
/// and even where the whole table is missing.
/// </summary>
internal sealed class StorageAnswers : HttpPipelinePolicy
{
    private readonly Func<HttpMessage, bool> isOfStorage;

    private StorageAnswers(Func<HttpMessage, bool> isOfStorage) => this.isOfStorage = isOfStorage;

    /// <summary>For the client of tables, which speaks JSON, and multipart in transactions.</summary>
    public static StorageAnswers OfTables { get; } = new(static message => message.Response.Status switch
    {
        200 => IsJson(message.Response),
        201 => IsEmpty(message.Response) || IsJson(message.Response),
        202 => message.Response.Headers.ContentType?.StartsWith("multipart/mixed", StringComparison.OrdinalIgnoreCase) == true && !IsEmpty(message.Response),
        404 => IsJson(message.Response) || NamesItsError(message.Response),
        _ => true,
    });

    /// <summary>For the client of queues, which speaks XML.</summary>
    public static StorageAnswers OfQueues { get; } = new(static message => message.Response.Status switch
    {
        200 or 201 => (IsEmpty(message.Response) && !IsOfMessages(message.Request)) || IsXml(message.Response),
        404 => IsXml(message.Response) || NamesItsError(message.Response),
        _ => true,
    });

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        ProcessNext(message, pipeline);
        Check(message);
    }

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        await ProcessNextAsync(message, pipeline);
        Check(message);
    }

    private void Check(HttpMessage message)
    {
        if (!isOfStorage(message))
            throw new ForeignAnswerException(message.Response.Status);

        if (message.Response.Status == 404 && message.Request.Method == RequestMethod.Get && Names(message.Response, "TableNotFound"u8))
            throw new RequestFailedException(message.Response);
    }

    private static bool Names(Response response, ReadOnlySpan<byte> code)
    {
        using var body = AnswerBody.Of(response);
        return body.Span.IndexOf(code) >= 0;
    }

    private static bool IsOfMessages(Request request) => request.Uri.Path.TrimEnd('/').EndsWith("/messages", StringComparison.Ordinal);

    private static bool NamesItsError(Response response) => response.Headers.Contains("x-ms-error-code");

    private static bool IsEmpty(Response response) => response.ContentStream is not MemoryStream { Length: > 0 };

    private static bool IsJson(Response response) => Speaks(response, "json", (byte)'{', (byte)'}');

    private static bool IsXml(Response response) => Speaks(response, "xml", (byte)'<', (byte)'>');

    private static bool Speaks(Response response, string type, byte first, byte last)
    {
        // Queues begin their answers with a byte order mark.
        using var whole = AnswerBody.Of(response);
        var body = whole.Span;
        body = (body.StartsWith("\uFEFF"u8) ? body[3..] : body).Trim(" \r\n\t"u8);
        return body.Length > 1 && body[0] == first && body[^1] == last && response.Headers.ContentType?.Contains(type, StringComparison.OrdinalIgnoreCase) == true;
    }
}
