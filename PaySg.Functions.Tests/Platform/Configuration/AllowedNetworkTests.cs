using System.Net;
using PaySg.Functions.Platform.Configuration;

namespace PaySg.Functions.Tests.Platform.Configuration;

[Trait("Category", "Rules")]
public sealed class AllowedNetworkTests
{
    [Theory]
    [InlineData("10.1.0.0/16", "10.1.255.255", true)]
    [InlineData("10.1.0.0/16", "::ffff:10.1.0.1", true)]
    [InlineData("10.1.0.0/16", "10.2.0.0", false)]
    [InlineData("10.1.2.3/16", "10.1.0.1", true)]
    [InlineData("fd00::/8", "fdff::1", true)]
    [InlineData("fd00::/8", "fe00::1", false)]
    [InlineData("::1/128", "127.0.0.1", false)]
    public void A_network_holds_its_addresses(string range, string address, bool expected)
    {
        Assert.True(AllowedNetwork.TryParse(range, out var network));
        Assert.Equal(expected, network.Contains(IPAddress.Parse(address)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("10.1.0.0")]
    [InlineData("10.1.0.0/33")]
    [InlineData("localhost/8")]
    public void What_is_not_a_range_in_CIDR_form_is_refused(string text)
    {
        Assert.False(AllowedNetwork.TryParse(text, out _));
    }
}
