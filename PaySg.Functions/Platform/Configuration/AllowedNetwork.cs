using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace PaySg.Functions.Platform.Configuration;

/// <summary>A range of IP addresses, as the settings name it: one that webhooks may reach although it is not public, or one that management may come from.</summary>
internal sealed record AllowedNetwork(IPNetwork Range)
{
    /// <summary>Whether the address lies in the range; IPv4-mapped IPv6 counts as IPv4.</summary>
    public bool Contains(IPAddress address) => Range.Contains(address);

    /// <summary>Reads CIDR text such as <c>10.1.0.0/16</c> or <c>fd00::/8</c>.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out AllowedNetwork? network)
    {
        network = IPNetwork.TryParse(text, out var range) ? new AllowedNetwork(range) : null;
        return network is not null;
    }
}
