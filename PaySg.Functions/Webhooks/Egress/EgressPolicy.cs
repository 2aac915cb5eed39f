using System.Net;
using System.Net.Sockets;

namespace PaySg.Functions.Webhooks.Egress;

/// <summary>Where webhooks may go: HTTPS to public addresses on port 443 or 8443, and on any port whatever <c>PaySg__Webhooks__AllowedNetworks</c> opts in, plain HTTP included.</summary>
internal sealed class EgressPolicy(WebhookSettings settings)
{
    private const int Https = 443;
    private const int OtherHttps = 8443;

    /// <summary>The longest name of a host (RFC 1035, section 2.3.4), with the dot of the root. .NET throws where it is to look up one that is longer.</summary>
    private const int LongestName = 254;

    /// <summary>Whether a connection to the address may be made.</summary>
    public bool Allows(IPAddress address, bool isHttps, int port = Https) =>
        (isHttps && port is (Https or OtherHttps) && SpecialAddresses.IsPublic(address)) || settings.AllowedNetworks.Any(network => network.Contains(address));

    /// <summary>
    /// Why a URL cannot be registered; null: it can. A name may change its addresses afterwards, so the address is checked again
    /// when a connection is made.
    /// </summary>
    public Task<string?> WhyNotRegistrableAsync(string text, CancellationToken cancellationToken) =>
        WhyNotReachableAsync(text, "https://eservice.agency.gov.sg/webhooks", cancellationToken);

    /// <summary>The same of a URL that something is to be fetched from.</summary>
    /// <param name="example">A URL that is right, for the message.</param>
    public async Task<string?> WhyNotReachableAsync(string text, string example, CancellationToken cancellationToken)
    {
        var expected = $"must be an absolute HTTPS URL on a public host and port 443 or 8443, without user name and fragment, such as {example}.";
        if (RequestUrl.Read(text, out var why) is not { } url)
            return $"{expected[..^1]}: {why}";

        var isHttps = url.Scheme == Uri.UriSchemeHttps;
        if (url.UserInfo.Length > 0 || url.Fragment.Length > 0 || url.IdnHost.Length > LongestName)
            return expected;

        var addresses = await ResolveAsync(url.IdnHost, cancellationToken);
        // An https name that does not resolve yet may be registered: each attempt looks it up again.
        return addresses.Any(address => !Allows(address, isHttps, url.Port)) || (addresses is [] && (!isHttps || url.Port is not (Https or OtherHttps))) ? expected : null;
    }

    /// <summary>The addresses of a host; none where it does not resolve.</summary>
    public static async Task<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        // A dot at the end of a name says that it is whole; behind an address it says nothing, and resolvers take it.
        if (IPAddress.TryParse(host.Trim('[', ']').TrimEnd('.'), out var literal))
            return [literal];

        if (host.Length > LongestName)
            return [];

        // RFC 6761, section 6.3: such names are this machine, whatever a resolver says of them.
        if (host.TrimEnd('.') is var name && (name.Equals("localhost", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)))
            return [IPAddress.Loopback, IPAddress.IPv6Loopback];

        try
        {
            return await Dns.GetHostAddressesAsync(host, cancellationToken);
        }
        catch (SocketException)
        {
            return [];
        }
    }
}
