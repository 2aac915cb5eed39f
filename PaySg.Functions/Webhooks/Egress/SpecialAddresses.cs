using System.Net;
using System.Net.Sockets;

namespace PaySg.Functions.Webhooks.Egress;

/// <summary>Addresses that are not public (RFC 6890 and the IANA registries), so that nobody can make us post into a private network.</summary>
internal static class SpecialAddresses
{
    private static readonly IPNetwork[] Version4 =
    [
        IPNetwork.Parse("0.0.0.0/8"), // this network
        IPNetwork.Parse("10.0.0.0/8"), // private
        IPNetwork.Parse("100.64.0.0/10"), // carrier-grade NAT
        IPNetwork.Parse("127.0.0.0/8"), // loopback
        IPNetwork.Parse("168.63.129.16/32"), // Azure's own services inside every virtual network
        IPNetwork.Parse("169.254.0.0/16"), // link-local, cloud metadata
        IPNetwork.Parse("172.16.0.0/12"), // private
        IPNetwork.Parse("192.0.0.0/24"), // protocol assignments
        IPNetwork.Parse("192.0.2.0/24"), // documentation
        IPNetwork.Parse("192.88.99.0/24"), // 6to4 relays
        IPNetwork.Parse("192.168.0.0/16"), // private
        IPNetwork.Parse("198.18.0.0/15"), // benchmarking
        IPNetwork.Parse("198.51.100.0/24"), // documentation
        IPNetwork.Parse("203.0.113.0/24"), // documentation
        IPNetwork.Parse("224.0.0.0/4"), // multicast
        IPNetwork.Parse("240.0.0.0/4"), // reserved, broadcast
    ];

    // Of version 6 only 2000::/3 is public; these parts of it are not, or carry a version 4 address that we would have to trust.
    private static readonly IPNetwork PublicVersion6 = IPNetwork.Parse("2000::/3");

    private static readonly IPNetwork[] Version6 =
    [
        IPNetwork.Parse("2001::/23"), // protocol assignments, Teredo and ORCHID among them
        IPNetwork.Parse("2001:db8::/32"), // documentation
        IPNetwork.Parse("2002::/16"), // 6to4
        IPNetwork.Parse("3fff::/20"), // documentation
    ];

    /// <summary>Whether the address is on the public internet. An IPv4-mapped address counts as the IPv4 address.</summary>
    public static bool IsPublic(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();

        return address.AddressFamily == AddressFamily.InterNetwork
            ? !Version4.Any(range => range.Contains(address))
            : PublicVersion6.Contains(address) && !Version6.Any(range => range.Contains(address));
    }
}
