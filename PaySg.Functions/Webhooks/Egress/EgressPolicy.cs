using System.Net;
using System.Net.Sockets;
using PaySg.Functions.Configuration;

namespace PaySg.Functions.Webhooks.Egress;

/// <summary>Where webhooks may go: HTTPS to public addresses on port 443 or 8443, and on any port whatever <c>PaySg__Webhooks__AllowedNetworks</c> opts in, plain HTTP included.</summary>
public sealed class EgressPolicy(PaySgSettings settings)
{
    private const int Https = 443;
    private const int OtherHttps = 8443;

    /// <summary>Whether a connection to the address may be made.</summary>
    public bool Allows(IPAddress address, bool isHttps, int port = Https) =>
        (isHttps && port is (Https or OtherHttps) && SpecialAddresses.IsPublic(address)) || settings.AllowedWebhookNetworks.Any(network => network.Contains(address));

    /// <summary>
    /// Why a URL cannot be registered; null: it can. A name may change its addresses afterwards, so the address is checked again
    /// when a connection is made.
    /// </summary>
    public async Task<string?> WhyNotRegistrableAsync(string text, CancellationToken cancellationToken)
    {
        const string expected = "must be an absolute HTTPS URL on a public host and port 443 or 8443, without user name and fragment, such as https://eservice.agency.gov.sg/webhooks.";
        // ASCII, so that what is stored, shown and looked up is one text: an international name has its xn-- form.
        if (!System.Text.Ascii.IsValid(text)
            || !Uri.TryCreate(text, UriKind.Absolute, out var url)
            || !Uri.IsWellFormedUriString(text, UriKind.Absolute)
            || (url.Scheme != Uri.UriSchemeHttps && url.Scheme != Uri.UriSchemeHttp)
            || url.UserInfo.Length > 0
            || url.Fragment.Length > 0)
        {
            return expected;
        }

        var isHttps = url.Scheme == Uri.UriSchemeHttps;
        if (!isHttps && settings.AllowedWebhookNetworks.Count == 0)
        {
            return expected;
        }

        var addresses = await ResolveAsync(url.IdnHost, cancellationToken);
        // An https name that does not resolve yet may be registered: each attempt looks it up again.
        return addresses.Any(address => !Allows(address, isHttps, url.Port)) || (addresses.Count == 0 && (!isHttps || url.Port is not (Https or OtherHttps))) ? expected : null;
    }

    /// <summary>The addresses of a host; none where it does not resolve.</summary>
    public static async Task<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        if (IPAddress.TryParse(host.Trim('[', ']'), out var literal))
        {
            return [literal];
        }

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
