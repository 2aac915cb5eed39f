using Microsoft.AspNetCore.Http;
using PaySg.Functions.Access;

namespace PaySg.Functions.Tests.Access;

[Trait("Category", "Rules")]
public sealed class ClientAddressTests
{
    private const string Header = "CLIENT-IP";

    [Theory]
    [InlineData("203.0.113.7", "203.0.113.7")]
    [InlineData("203.0.113.7:4321", "203.0.113.7")]
    [InlineData(" 203.0.113.7 ", "203.0.113.7")]
    [InlineData("10.0.0.1, 203.0.113.7:4321", "203.0.113.7")]
    [InlineData("::ffff:203.0.113.7", "203.0.113.7")]
    [InlineData("[::ffff:203.0.113.7]:4321", "203.0.113.7")]
    [InlineData("2001:db8:1:2::7", "20010DB800010002")]
    [InlineData("[2001:db8:1:2:ffff::7]:4321", "20010DB800010002")]
    [InlineData("", null)]
    [InlineData("unknown", null)]
    [InlineData("203.0.113.7,", null)]
    [InlineData("203.0.113.256", null)]
    public void The_address_is_read_without_its_port_and_of_version_6_the_network(string text, string? address) =>
        Assert.Equal(address, ClientAddress.Of(Request(text), Header));

    [Fact]
    public void Without_a_header_to_trust_nobody_has_an_address()
    {
        Assert.Null(ClientAddress.Of(Request("203.0.113.7"), header: null));
        Assert.Null(ClientAddress.Of(new DefaultHttpContext().Request, Header));
    }

    [Fact]
    public void What_a_client_writes_into_other_headers_does_not_count()
    {
        var request = Request("");
        request.Headers["X-Forwarded-For"] = "203.0.113.9";

        Assert.Null(ClientAddress.Of(request, Header));
    }

    private static HttpRequest Request(string address)
    {
        var request = new DefaultHttpContext().Request;
        request.Headers[Header] = address;
        return request;
    }
}
