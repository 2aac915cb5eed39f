namespace PaySg.Functions.Platform.Http;

/// <summary>An answer, wholly made before anything is sent: a status, headers and bytes, mostly of JSON.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">UTF-8 JSON unless <see cref="ContentType"/> says otherwise; empty: no body.</param>
internal sealed record ApiAnswer(int Status, ReadOnlyMemory<byte> Body) : IResult
{
    /// <summary>Further headers.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = System.Collections.Immutable.ImmutableDictionary<string, string>.Empty;

    /// <summary>What the body is.</summary>
    public string ContentType { get; init; } = "application/json; charset=utf-8";

    /// <summary>How long whom may keep the answer: by default nobody.</summary>
    public string CacheControl { get; init; } = "no-store";

    public ApiAnswer WithHeader(string name, string value) =>
        this with { Headers = new Dictionary<string, string>(Headers) { [name] = value } };

    /// <summary>The answer with one header of its own and those that every answer has.</summary>
    public ApiAnswer WithHeaders(string name, string value, IReadOnlyDictionary<string, string> more)
    {
        var all = new Dictionary<string, string>(Headers.Count + more.Count + 1, StringComparer.Ordinal);
        foreach (var (known, text) in Headers)
            all[known] = text;

        all[name] = value;
        foreach (var (known, text) in more)
            all[known] = text;

        return this with { Headers = all };
    }

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = Status;
        foreach (var (name, value) in Headers)
            response.Headers[name] = value;

        response.Headers.CacheControl = CacheControl;
        if (Body.Length > 0)
        {
            response.ContentType = ContentType;
            response.ContentLength = Body.Length;
            if (!HttpMethods.IsHead(httpContext.Request.Method))
                await response.Body.WriteAsync(Body, httpContext.RequestAborted);
        }
    }
}
