using System.Net;
using System.Net.Sockets;

namespace PaySg.LocalHost.Azurite;

/// <summary>The ports of an Azurite on 127.0.0.1.</summary>
/// <param name="Blob">The blob service's.</param>
/// <param name="Queue">The queue service's.</param>
/// <param name="Table">The table service's.</param>
public sealed record AzuritePorts(int Blob, int Queue, int Table)
{
    /// <summary>The ports that <c>UseDevelopmentStorage=true</c> means.</summary>
    public static AzuritePorts Default { get; } = new(10000, 10001, 10002);

    /// <summary>Three ports that are free now.</summary>
    public static AzuritePorts Free()
    {
        using var blob = new TcpListener(IPAddress.Loopback, 0);
        using var queue = new TcpListener(IPAddress.Loopback, 0);
        using var table = new TcpListener(IPAddress.Loopback, 0);
        return new AzuritePorts(Take(blob), Take(queue), Take(table));

        static int Take(TcpListener listener)
        {
            listener.Start();
            return ((IPEndPoint)listener.LocalEndpoint).Port;
        }
    }

    /// <summary>The connection string of an account.</summary>
    public string ConnectionString(string account, string key) =>
        $"DefaultEndpointsProtocol=http;AccountName={account};AccountKey={key};"
        + $"BlobEndpoint=http://127.0.0.1:{Blob}/{account};QueueEndpoint=http://127.0.0.1:{Queue}/{account};TableEndpoint=http://127.0.0.1:{Table}/{account};";
}
