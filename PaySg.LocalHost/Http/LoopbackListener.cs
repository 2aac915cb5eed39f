using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;

namespace PaySg.LocalHost.Http;

/// <summary>
/// Where Kestrel listens: on the loopback interfaces and nowhere else. A free port is bound at once, so that the address is known before
/// the functions' services are built.
/// </summary>
internal sealed class LoopbackListener : IDisposable
{
    private readonly bool bothLoopbacks;
    private readonly IPEndPoint endPoint;
    private readonly Socket? bound;

    private LoopbackListener(bool bothLoopbacks, IPEndPoint endPoint, Socket? bound, string host)
    {
        this.bothLoopbacks = bothLoopbacks;
        this.endPoint = endPoint;
        this.bound = bound;
        Address = new UriBuilder(Uri.UriSchemeHttp, host, endPoint.Port).Uri;
    }

    /// <summary>The address to call.</summary>
    public Uri Address { get; }

    /// <summary>The listener of a URL.</summary>
    public static LoopbackListener Of(Uri url)
    {
        var isLocalhost = string.Equals(url.Host, "localhost", StringComparison.OrdinalIgnoreCase);
        if (!string.Equals(url.Scheme, Uri.UriSchemeHttp, StringComparison.Ordinal) || !string.IsNullOrEmpty(url.AbsolutePath.Trim('/'))
            || !(isLocalhost || (IPAddress.TryParse(url.Host.Trim('[', ']'), out var parsed) && IPAddress.IsLoopback(parsed))))
        {
            throw new LocalHostException($"{url.OriginalString}: LocalHost listens on this machine only: http://localhost:PORT, http://127.0.0.1:PORT or http://[::1]:PORT.");
        }

        var address = isLocalhost ? IPAddress.Loopback : IPAddress.Parse(url.Host.Trim('[', ']'));
        if (url.Port != 0)
            return new LoopbackListener(isLocalhost, new IPEndPoint(address, url.Port), bound: null, url.Host);
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(address, 0));
        return new LoopbackListener(bothLoopbacks: false, (IPEndPoint)socket.LocalEndPoint!, socket, url.Host);
    }

    /// <summary>Makes Kestrel listen here.</summary>
    public void Apply(IServiceCollection services)
    {
        services.Configure<KestrelServerOptions>(kestrel =>
        {
            if (bothLoopbacks)
                kestrel.ListenLocalhost(endPoint.Port);
            else
                kestrel.Listen(endPoint);
        });
        if (bound is not null)
            services.Configure<SocketTransportOptions>(sockets => sockets.CreateBoundListenSocket = _ => bound);
    }

    /// <summary>Whether an exception says that the port is taken.</summary>
    public static bool IsPortTaken(Exception? exception) =>
        exception is AddressInUseException or SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse }
        || (exception?.InnerException is { } inner && IsPortTaken(inner));

    /// <summary>What to tell the developer when the port is taken.</summary>
    public LocalHostException PortTaken(Exception exception) =>
        new($"Port {endPoint.Port} is already in use. Stop the program that listens there, or choose another port with --urls http://localhost:PORT.", exception);

    /// <inheritdoc/>
    public void Dispose() => bound?.Dispose();
}
