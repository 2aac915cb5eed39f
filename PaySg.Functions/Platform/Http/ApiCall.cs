namespace PaySg.Functions.Platform.Http;

internal sealed class ApiCall(HttpRequest request, string requestId, CancellationToken? clientLeft = null)
{
    public HttpRequest Request { get; } = request;

    public string RequestId { get; } = requestId;

    /// <summary>Fires when the client leaves, or has waited for too long. Only for what comes before an operation's first write.</summary>
    public CancellationToken ClientLeft { get; } = clientLeft ?? request.HttpContext.RequestAborted;

    /// <summary>Who is told if the call is refused; null: nobody, because its caller is not known.</summary>
    public IRefusalWatch? Watch { get; set; }

    /// <summary>
    /// A call that is made for the same caller as a part of this one, as if the caller had sent it. It goes on when the client leaves.
    /// </summary>
    /// <param name="path">Where it would have been posted to.</param>
    /// <param name="body">Its JSON; empty: none.</param>
    /// <param name="idempotencyKey">Its key; null: it has none.</param>
    public ApiCall Part(string path, ReadOnlyMemory<byte> body, string? idempotencyKey) => OfOurs(path, body, idempotencyKey, RequestId);

    /// <summary>The same, where there is no call that it is a part of.</summary>
    /// <param name="requestId">What names it.</param>
    public static ApiCall OfOurs(string path, ReadOnlyMemory<byte> body, string? idempotencyKey, string requestId)
    {
        var part = new DefaultHttpContext().Request;
        part.Method = HttpMethods.Post;
        part.Path = path;
        part.ContentType = "application/json";
        part.ContentLength = body.Length;
        part.Body = new MemoryStream(body.ToArray(), writable: false);
        if (idempotencyKey is not null)
            part.Headers["Idempotency-Key"] = idempotencyKey;

        return new ApiCall(part, requestId, CancellationToken.None);
    }

    /// <summary>The request's JSON object.</summary>
    /// <exception cref="ApiException">400, 413 or 415.</exception>
    public Task<RequestFields> ReadFieldsAsync() => RequestBody.ReadFieldsAsync(Request, ClientLeft);

    /// <summary>The request's JSON object, where no body is as good as an empty one.</summary>
    /// <exception cref="ApiException">400, 413 or 415.</exception>
    public Task<RequestFields> ReadOptionalFieldsAsync() => RequestBody.ReadFieldsAsync(Request, ClientLeft, isOptional: true);
}
