using System.Net;
using System.Net.Sockets;

namespace PaySg.Functions.Access;

/// <summary>
/// Where a request comes from, as far as the platform tells: by one header, which a front end in front of the app sets. The connection's own address and
/// <c>X-Forwarded-For</c> say nothing in Azure Functions: the host puts its own address there.
/// </summary>
internal static class ClientAddress
{
    private const int BytesOfNetwork = 8;

    /// <summary>The address, without its port; of IPv6 the network (/64), since one household has as many addresses as it likes. Null: nobody tells.</summary>
    /// <param name="header">The header's name; null: none is trusted.</param>
    public static string? Of(HttpRequest request, string? header) => Find(request, header) is { } address ? NetworkOf(address) : null;

    /// <summary>The address itself, without its port. Null: nobody tells.</summary>
    /// <param name="header">The header's name; null: none is trusted.</param>
    public static IPAddress? Find(HttpRequest request, string? header)
    {
        if (header is null)
            return null;

        // In a list each front end appends what it has seen: the last entry is that of the nearest one.
        var text = request.Headers[header].ToString();
        text = text[(text.LastIndexOf(',') + 1)..].Trim();
        return IPEndPoint.TryParse(text, out var end) ? Plain(end.Address) : null;
    }

    /// <summary>The address; an IPv4-mapped one as the IPv4 address that it is.</summary>
    public static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    private static string NetworkOf(IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetworkV6
            ? Convert.ToHexString(address.GetAddressBytes(), 0, BytesOfNetwork)
            : address.ToString();
}
