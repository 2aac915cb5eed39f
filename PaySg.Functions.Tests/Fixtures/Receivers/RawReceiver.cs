using System.Net;
using System.Net.Sockets;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>A receiver that knows no HTTP: it reads a request's beginning and does with the connection what the test says.</summary>
public sealed class RawReceiver : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource end = new();
    private readonly Task served;

    public RawReceiver(Func<Socket, CancellationToken, Task> answer)
    {
        listener.Start();
        served = ServeAsync(answer);
    }

    public Uri Url => new($"http://{listener.LocalEndpoint}/hook");

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        listener.Stop();
        await served.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        end.Dispose();
    }

    private async Task ServeAsync(Func<Socket, CancellationToken, Task> answer)
    {
        using var socket = await listener.AcceptSocketAsync(end.Token);
        await socket.ReceiveAsync(new byte[65_536], end.Token);
        await answer(socket, end.Token);
    }
}
