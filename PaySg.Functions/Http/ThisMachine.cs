using System.Net;

namespace PaySg.Functions.Http;

/// <summary>Tells URLs that lead a payer's browser to the payer's own machine.</summary>
internal static class ThisMachine
{
    private const string Localhost = "localhost";

    /// <summary>Whether the URL's host is the machine that opens it: a loopback or unspecified address in any spelling, or a name at or below <c>localhost</c> (RFC 6761).</summary>
    public static bool Is(Uri url)
    {
        ArgumentNullException.ThrowIfNull(url);
        if (IPAddress.TryParse(url.IdnHost.Trim('[', ']'), out var address))
        {
            address = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
            return IPAddress.IsLoopback(address) || address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);
        }

        var host = url.IdnHost.TrimEnd('.');
        return url.IsLoopback || host.Equals(Localhost, StringComparison.OrdinalIgnoreCase) || host.EndsWith("." + Localhost, StringComparison.OrdinalIgnoreCase);
    }
}
