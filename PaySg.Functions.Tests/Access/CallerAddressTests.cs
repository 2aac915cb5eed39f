using System.Net;
using Microsoft.AspNetCore.Http;
using PaySg.Functions.Access;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Access;

[Trait("Category", "Rules")]
public sealed class CallerAddressTests
{
    [Theory]
    [InlineData("203.0.113.7:4711", "203.0.113.7")]
    [InlineData("203.0.113.7", "203.0.113.7")]
    [InlineData("[2001:db8::7]:4711", "2001:db8::7")]
    [InlineData("2001:db8::7", "2001:db8::7")]
    [InlineData("::ffff:203.0.113.7", "203.0.113.7")]
    [InlineData("10.9.8.7, 203.0.113.7:4711", "203.0.113.7")]
    [InlineData(null, "192.0.2.1")]
    [InlineData("", "192.0.2.1")]
    [InlineData("somebody", "192.0.2.1")]
    [InlineData("203.0.113.7, somebody", "192.0.2.1")]
    public void The_header_tells_and_without_it_the_connection(string? header, string expected) =>
        Assert.Equal(IPAddress.Parse(expected), Addresses("CLIENT-IP").Of(Request("CLIENT-IP", header, "192.0.2.1")));

    [Fact]
    public void Only_the_header_of_the_setting_counts() =>
        Assert.Equal(
            ("198.51.100.9", "203.0.113.7"),
            (Addresses("CLIENT-IP").TextOf(Request("X-Azure-ClientIP", "203.0.113.7", "198.51.100.9")), Addresses("X-Azure-ClientIP").TextOf(Request("X-Azure-ClientIP", "203.0.113.7", "198.51.100.9"))));

    [Fact]
    public void Where_nobody_tells_it_is_not_known() => Assert.Equal("unknown", Addresses("CLIENT-IP").TextOf(Request("CLIENT-IP", null, null)));

    private static CallerAddress Addresses(string header) => new(PaySgParts.Build("UseDevelopmentStorage=true").Get<AccessSettings>() with { ClientAddressHeader = header });

    private static HttpRequest Request(string header, string? value, string? connection)
    {
        var context = new DefaultHttpContext();
        if (value is not null)
            context.Request.Headers[header] = value;
        context.Connection.RemoteIpAddress = connection is null ? null : IPAddress.Parse(connection);
        return context.Request;
    }
}
