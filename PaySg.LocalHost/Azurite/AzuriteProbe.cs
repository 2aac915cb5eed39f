using System.Net.Sockets;

namespace PaySg.LocalHost.Azurite;

/// <summary>Finds out what listens on a port.</summary>
internal static class AzuriteProbe
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Whether an Azurite answers on all three ports.</summary>
    public static async Task<bool> AnswersAsync(AzuritePorts ports, CancellationToken cancellationToken) =>
        await AnswersAsync(ports.Blob, "Azurite-Blob", cancellationToken)
        && await AnswersAsync(ports.Queue, "Azurite-Queue", cancellationToken)
        && await AnswersAsync(ports.Table, "Azurite-Table", cancellationToken);

    /// <summary>The first of the ports that something listens on, null if all are free.</summary>
    public static async Task<int?> FirstTakenAsync(AzuritePorts ports, CancellationToken cancellationToken)
    {
        foreach (var port in (int[])[ports.Blob, ports.Queue, ports.Table])
        {
            using var client = new TcpClient();
            try
            {
                await client.ConnectAsync("127.0.0.1", port, cancellationToken);
                return port;
            }
            catch (SocketException)
            {
                // Nobody listens.
            }
        }

        return null;
    }

    private static async Task<bool> AnswersAsync(int port, string server, CancellationToken cancellationToken)
    {
        using var client = new HttpClient { Timeout = Patience };
        try
        {
            using var answer = await client.GetAsync(new Uri($"http://127.0.0.1:{port}/devstoreaccount1?comp=list"), cancellationToken);
            return answer.Headers.Server.ToString().StartsWith(server, StringComparison.Ordinal);
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
