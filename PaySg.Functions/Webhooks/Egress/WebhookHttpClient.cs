using System.Net.Sockets;

namespace PaySg.Functions.Webhooks.Egress;

/// <summary>
/// The one HTTP client that webhooks leave by, and logos are fetched by: pooled, fresh in DNS, without redirects, cookies or proxy, and with the egress policy
/// checked on the very addresses that are connected to.
/// </summary>
internal sealed class WebhookHttpClient : IDisposable
{
    /// <summary>How long it may take until a connection stands, TLS included: shorter than an attempt, so that a silent host is told from one that answers late.</summary>
    public static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    private readonly EgressPolicy policy;
    private readonly HttpClient client;

    /// <summary>A client with its own pool.</summary>
    public WebhookHttpClient(EgressPolicy policy)
    {
        this.policy = policy;
        client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            ConnectTimeout = ConnectTimeout,
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            // Receivers close what is idle, Node.js after 5 s: a POST on a connection that is being closed fails, and must not be sent again by itself.
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(4),
            // A receiver that answers 2xx has taken the event, however much it says beside it; what is larger than this is no answer.
#pragma warning disable CA2262 // It is meant in KiB, as it is measured.
            MaxResponseHeadersLength = 512,
#pragma warning restore CA2262
            ActivityHeadersPropagator = null, // Our traces are no business of receivers.
            ConnectCallback = ConnectAsync,
        });
    }

    /// <summary>Sends the request and returns once the response's headers are there.</summary>
    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);

    public void Dispose() => client.Dispose();

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var host = context.DnsEndPoint.Host;
        var isHttps = context.InitialRequestMessage.RequestUri?.Scheme == Uri.UriSchemeHttps;
        var addresses = await EgressPolicy.ResolveAsync(host, cancellationToken);
        if (addresses is [])
        {
            // HttpClient wraps what is thrown here, and knows this one as a name that does not resolve.
            throw new SocketException((int)SocketError.HostNotFound);
        }

        if (addresses.FirstOrDefault(address => !policy.Allows(address, isHttps, context.DnsEndPoint.Port)) is { } forbidden)
            throw new EgressRefusedException($"{host} resolves to {forbidden}, which webhooks may not reach on port {context.DnsEndPoint.Port}.");

        // Stryker disable once Boolean, Initializer: NoDelay changes when bytes leave, not which.
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync([.. addresses], context.DnsEndPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            // Stryker disable once Statement: a socket that is left open is closed by the garbage collector, later.
            socket.Dispose();
            throw;
        }
    }
}
