using System.Buffers;
using System.Net;
using System.Net.Sockets;
using SmtpServer;
using SmtpServer.ComponentModel;
using SmtpServer.Protocol;
using SmtpServer.Storage;

namespace PaySg.LocalHost.Mailbox;

/// <summary>A relay on this machine that keeps every mail: the worker sends to it as it would send to the agency's own.</summary>
internal sealed class SmtpMailbox : IAsyncDisposable
{
    private readonly SmtpServer.SmtpServer server;
    private readonly CancellationTokenSource stop = new();
    private readonly Task running;

    private SmtpMailbox(MailStore mails, int port)
    {
        var services = new ServiceProvider();
        services.Add(new Keeper(mails));
        server = new SmtpServer.SmtpServer(
            new SmtpServerOptionsBuilder().ServerName("paysg.localhost").Endpoint(endpoint => endpoint.Endpoint(new IPEndPoint(IPAddress.Loopback, port))).Build(),
            services);
        running = server.StartAsync(stop.Token);
    }

    /// <summary>Starts one and names it in the settings; null where these name a relay already.</summary>
    public static SmtpMailbox? StartIn(Dictionary<string, string> settings, MailStore mails)
    {
        if (settings.GetValueOrDefault("PaySg__Email__SmtpHost") is { Length: > 0 })
            return null;
        var port = FreePort();
        settings["PaySg__Email__SmtpHost"] = "127.0.0.1";
        settings["PaySg__Email__SmtpPort"] = $"{port}";
        settings["PaySg__Email__UseTls"] = "false";
        settings["PaySg__Email__From"] = "no-reply@paysg.localhost";
        return new SmtpMailbox(mails, port);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.Dispose();
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    private sealed class Keeper(MailStore mails) : MessageStore
    {
        public override async Task<SmtpResponse> SaveAsync(ISessionContext context, IMessageTransaction transaction, ReadOnlySequence<byte> buffer, CancellationToken cancellationToken)
        {
            await mails.AddAsync(buffer.ToArray());
            return SmtpResponse.Ok;
        }
    }
}
