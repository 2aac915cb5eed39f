using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;

namespace PaySg.Functions.Access;

/// <summary>
/// Where a request comes from, as far as the platform tells: by one header, which a front end in front of the app sets. The connection's own address and
/// <c>X-Forwarded-For</c> say nothing in Azure Functions: the host puts its own address there.
/// </summary>
public static class ClientAddress
{
    private const int BytesOfNetwork = 8;

    /// <summary>The address, without its port; of IPv6 the network (/64), since one household has as many addresses as it likes. Null: nobody tells.</summary>
    /// <param name="request">The request.</param>
    /// <param name="header">The header's name; null: none is trusted.</param>
    public static string? Of(HttpRequest request, string? header)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (header is null)
        {
            return null;
        }

        // In a list each front end appends what it has seen: the last entry is that of the nearest one.
        var text = request.Headers[header].ToString();
        text = text[(text.LastIndexOf(',') + 1)..].Trim();
        return IPEndPoint.TryParse(text, out var end) || IPEndPoint.TryParse($"[{text}]", out end) ? NetworkOf(end.Address) : null;
    }

    private static string NetworkOf(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        return address.AddressFamily == AddressFamily.InterNetworkV6
            ? Convert.ToHexString(address.GetAddressBytes(), 0, BytesOfNetwork)
            : address.ToString();
    }
}
