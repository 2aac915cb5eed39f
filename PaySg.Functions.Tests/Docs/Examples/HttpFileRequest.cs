namespace PaySg.Functions.Tests.Docs.Examples;

/// <summary>A request as it is written, with its <c>{{…}}</c>.</summary>
internal sealed class HttpFileRequest(HttpMethod method, HttpFileLine url, string? name, int status)
{
    public HttpMethod Method { get; } = method;

    public HttpFileLine Url { get; } = url;

    /// <summary>What later requests call it by.</summary>
    public string? Name { get; } = name;

    /// <summary>The status that the file says.</summary>
    public int Status { get; } = status;

    public List<(string Name, HttpFileLine Value)> Headers { get; } = [];

    public List<HttpFileLine> Body { get; } = [];
}
