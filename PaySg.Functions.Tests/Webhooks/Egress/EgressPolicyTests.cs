using System.Net;
using PaySg.Functions.Platform.Configuration;
using PaySg.Functions.Platform.Http;
using PaySg.Functions.Webhooks;
using PaySg.Functions.Webhooks.Egress;

namespace PaySg.Functions.Tests.Webhooks.Egress;

[Trait("Category", "Rules")]
public sealed class EgressPolicyTests
{
    [Theory]
    [InlineData("https://8.8.8.8/hook")]
    [InlineData("https://8.8.8.8:8443/hook?a=1&b=%20")]
    [InlineData("https://[2606:4700::1111]/hook")]
    [InlineData("https://[::ffff:8.8.8.8]/hook")]
    [InlineData("HTTPS://8.8.8.8")]
    [InlineData("https://no-such-host.invalid/hook")]
    public async Task An_https_url_on_a_public_host_can_be_registered(string url)
    {
        Assert.Null(await Policy().WhyNotRegistrableAsync(url, CancellationToken.None));
    }

    [Theory]
    [InlineData("http://8.8.8.8/hook")]
    [InlineData("ftp://8.8.8.8/hook")]
    [InlineData("file:///etc/passwd")]
    [InlineData("javascript:alert(1)")]
    [InlineData("/hook")]
    [InlineData("//8.8.8.8/hook")]
    [InlineData("8.8.8.8/hook")]
    [InlineData("https:///hook")]
    [InlineData("https://")]
    [InlineData("not a url")]
    [InlineData("https://8.8.8.8/a b")]
    [InlineData("https://8.8.8.8/a\\b")]
    [InlineData("https://user@8.8.8.8/hook")]
    [InlineData("https://user:secret@8.8.8.8/hook")]
    [InlineData("https://8.8.8.8/hook#part")]
    [InlineData("https://localhost/hook")]
    [InlineData("https://LOCALHOST/hook")]
    [InlineData("https://localhost./hook")]
    [InlineData("https://eservice.localhost/hook")]
    [InlineData("https://EService.LocalHost./hook")]
    [InlineData("https://127.0.0.1./hook")]
    [InlineData("http://no-such-host.invalid/hook")]
    [InlineData("https://127.0.0.1/hook")]
    [InlineData("https://127.1/hook")]
    [InlineData("https://2130706433/hook")]
    [InlineData("https://0x7f000001/hook")]
    [InlineData("https://0x7f.0.0.1/hook")]
    [InlineData("https://0177.0.0.1/hook")]
    [InlineData("https://017700000001/hook")]
    [InlineData("https://0/hook")]
    [InlineData("https://0.0.0.0/hook")]
    [InlineData("https://[::1]/hook")]
    [InlineData("https://[::]/hook")]
    [InlineData("https://[::ffff:127.0.0.1]/hook")]
    [InlineData("https://[::ffff:7f00:1]/hook")]
    [InlineData("https://[2002:7f00:1::]/hook")]
    [InlineData("https://[fe80::1%25eth0]/hook")]
    [InlineData("https://[fd00::1]/hook")]
    [InlineData("https://[64:ff9b::a00:1]/hook")]
    [InlineData("https://10.1.2.3/hook")]
    [InlineData("https://100.100.100.200/hook")]
    [InlineData("https://169.254.169.254/metadata/instance")]
    [InlineData("https://2852039166/metadata")]
    [InlineData("https://0xA9FEA9FE/metadata")]
    [InlineData("https://168.63.129.16/hook")]
    [InlineData("https://255.255.255.255/hook")]
    [InlineData("https://127。0。0。1/hook")]
    [InlineData("https://8.8.8.8:80/hook")]
    [InlineData("https://8.8.8.8:22/hook")]
    [InlineData("https://8.8.8.8:9443/hook")]
    [InlineData("https://[2606:4700::1111]:8080/hook")]
    [InlineData("https://no-such-host.invalid:5432/hook")]
    public async Task Anything_else_is_refused_with_a_general_message(string url)
    {
        var why = await Policy().WhyNotRegistrableAsync(url, CancellationToken.None);

        // What is wrong with its text may be told behind it; where an address is not one that may be reached, nothing is.
        const string general = "must be an absolute HTTPS URL on a public host and port 443 or 8443, without user name and fragment, such as https://eservice.agency.gov.sg/webhooks";
        Assert.StartsWith(general, why, StringComparison.Ordinal);
        Assert.DoesNotContain("resolve", why, StringComparison.Ordinal);
        Assert.True(why!.Length == general.Length + 1 || RequestUrl.Read(url, out _) is null, why);
    }

    [Theory]
    [InlineData(254, true)]
    [InlineData(255, false)]
    public async Task A_name_may_be_as_long_as_DNS_allows(int length, bool expected)
    {
        var url = $"https://{NameOf(length, ".invalid.")}/hook";

        Assert.Equal(expected, await Policy().WhyNotRegistrableAsync(url, CancellationToken.None) is null);
    }

    [Theory]
    [InlineData(254, 2)]
    [InlineData(255, 0)]
    public async Task A_name_that_is_longer_has_no_address(int length, int addresses)
    {
        Assert.Equal(addresses, (await EgressPolicy.ResolveAsync(NameOf(length, ".localhost."), CancellationToken.None)).Count);
    }

    private static string NameOf(int length, string ending)
    {
        // No label is longer than the 63 characters that DNS allows.
        var labels = string.Join('.', Enumerable.Repeat(new string('a', 50), 4));
        return new string('b', length - labels.Length - ending.Length - 1) + "." + labels + ending;
    }

    [Theory]
    [InlineData("http://10.1.2.3/hook", true)]
    [InlineData("https://10.1.2.3/hook", true)]
    [InlineData("http://[::ffff:10.1.2.3]/hook", true)]
    [InlineData("http://[fd00::1]/hook", true)]
    [InlineData("http://10.2.0.0/hook", false)]
    [InlineData("https://10.2.0.0/hook", false)]
    [InlineData("https://8.8.8.8/hook", true)]
    [InlineData("http://8.8.8.8/hook", false)]
    [InlineData("http://no-such-host.invalid/hook", false)]
    [InlineData("http://10.1.2.3:5000/hook", true)]
    [InlineData("https://10.1.2.3:9443/hook", true)]
    [InlineData("https://8.8.8.8:9443/hook", false)]
    public async Task Ranges_that_the_settings_opt_in_may_be_reached_by_plain_http_too(string url, bool expected)
    {
        Assert.Equal(expected, await Policy("10.1.0.0/16", "fd00::/8").WhyNotRegistrableAsync(url, CancellationToken.None) is null);
    }

    [Theory]
    [InlineData("8.8.8.8", true, true)]
    [InlineData("8.8.8.8", false, false)]
    [InlineData("10.0.0.1", true, false)]
    [InlineData("127.0.0.1", true, true)]
    [InlineData("127.0.0.1", false, true)]
    [InlineData("::ffff:127.0.0.1", false, true)]
    [InlineData("::1", false, false)]
    public void A_connection_may_be_made_to_public_addresses_by_https_and_to_allowed_ones_by_both(string address, bool isHttps, bool expected)
    {
        Assert.Equal(expected, Policy("127.0.0.0/8").Allows(IPAddress.Parse(address), isHttps));
    }

    [Theory]
    [InlineData("8.8.8.8", 443, true)]
    [InlineData("8.8.8.8", 8443, true)]
    [InlineData("8.8.8.8", 80, false)]
    [InlineData("8.8.8.8", 6379, false)]
    [InlineData("127.0.0.1", 6379, true)]
    public void A_connection_may_be_made_to_public_addresses_on_two_ports_and_to_allowed_ones_on_any(string address, int port, bool expected) =>
        Assert.Equal(expected, Policy("127.0.0.0/8").Allows(IPAddress.Parse(address), isHttps: true, port));

    internal static EgressPolicy Policy(params string[] allowedNetworks) => new(new WebhookSettings
    {
        AllowedNetworks = [.. allowedNetworks.Select(text => new AllowedNetwork(IPNetwork.Parse(text)))],
    });
}
