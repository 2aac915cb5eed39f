namespace PaySg.Functions.Platform.Http;

/// <summary>An answer, wholly made before anything is sent: a status, headers and bytes, mostly of JSON. Only a long file is written while it is made.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">UTF-8 JSON unless <see cref="ContentType"/> says otherwise; empty: no body.</param>
internal sealed record ApiAnswer(int Status, ReadOnlyMemory<byte> Body) : IResult
{
    private static readonly IReadOnlyDictionary<string, string> None = System.Collections.Immutable.ImmutableDictionary<string, string>.Empty;

    private KeyValuePair<string, string> ofCall;
    private IReadOnlyDictionary<string, string> ofEvery = None;

    /// <summary>Further headers.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = None;

    /// <summary>What the body is.</summary>
    public string ContentType { get; init; } = "application/json; charset=utf-8";

    /// <summary>
    /// Writes the body while it is made, in place of <see cref="Body"/>. What it throws breaks the connection off, so that nobody takes a part for the whole. Null:
    /// there is none.
    /// </summary>
    public Func<Stream, CancellationToken, Task>? Writer { get; init; }

    /// <summary>How long whom may keep the answer: by default nobody.</summary>
    public string CacheControl { get; init; } = "no-store";

    public ApiAnswer WithHeader(string name, string value) =>
        this with { Headers = new Dictionary<string, string>(Headers) { [name] = value } };

    /// <summary>The answer to a call: with a header that names the call, and those that every answer has.</summary>
    public ApiAnswer To(string name, string value, IReadOnlyDictionary<string, string> ofEvery) => this with { ofCall = new(name, value), ofEvery = ofEvery };

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = Status;
        Add(response.Headers, Headers);
        Add(response.Headers, ofEvery);
        if (ofCall.Key is not null)
            response.Headers[ofCall.Key] = ofCall.Value;

        response.Headers.CacheControl = CacheControl;
        if (Writer is not null)
        {
            response.ContentType = ContentType;
            if (!HttpMethods.IsHead(httpContext.Request.Method))
                await Writer(response.Body, httpContext.RequestAborted);
        }
        else if (Body.Length > 0)
        {
            response.ContentType = ContentType;
            response.ContentLength = Body.Length;
            if (!HttpMethods.IsHead(httpContext.Request.Method))
                await response.Body.WriteAsync(Body, httpContext.RequestAborted);
        }
    }

    private static void Add(IHeaderDictionary headers, IReadOnlyDictionary<string, string> more)
    {
        if (more.Count == 0)
            return;

        foreach (var (name, value) in more)
            headers[name] = value;
    }
}
