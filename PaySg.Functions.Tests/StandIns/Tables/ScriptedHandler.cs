namespace PaySg.Functions.Tests.StandIns.Tables;

/// <summary>Answers requests by a script, or sends them on where that gives null; remembers what was sent.</summary>
internal sealed class ScriptedHandler(Func<HttpRequestMessage, HttpResponseMessage?> script) : DelegatingHandler(new SocketsHttpHandler())
{
    public List<SentRequest> Requests { get; } = [];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Requests.Add(new SentRequest(
            request.RequestUri!.AbsoluteUri,
            request.Headers.TryGetValues("Authorization", out var authorization) ? authorization.Single() : null,
            request.Headers.TryGetValues("x-ms-date", out var date) ? date.Single() : null,
            request.Content is null ? null : await request.Content.ReadAsStringAsync(cancellationToken)));
        return script(request) ?? await base.SendAsync(request, cancellationToken);
    }

    public sealed record SentRequest(string Address, string? Authorization, string? Date, string? Body);
}
