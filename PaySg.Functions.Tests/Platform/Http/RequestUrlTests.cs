using PaySg.Functions.Platform.Http;

namespace PaySg.Functions.Tests.Platform.Http;

public sealed class RequestUrlTests
{
    [Theory]
    [InlineData("https://e.gov.sg")]
    [InlineData("https://e.gov.sg/done?a=1&b=%20#top")]
    [InlineData("HTTPS://E.gov.sg:8443/a//b/../c;d=e,f/@:!$'()*+~._-")]
    [InlineData("https://e.gov.sg?items%5B%5D=3&x=/?:@")]
    [InlineData("https://e.gov.sg#a?b/c")]
    [InlineData("https://[2001:db8::1]:8443/a")]
    [InlineData("https://xn--bcher-kva.example/")]
    [InlineData("http://e.gov.sg./")]
    public void What_RFC_3986_allows_is_a_URL(string text) => Assert.NotNull(RequestUrl.Read(text, out _));

    [Theory]
    [InlineData("https://e.gov.sg/?items[]=3", "[ at character 24", "%5B")]
    [InlineData("https://e.gov.sg/?a=b|c", "| at character 22", "%7C")]
    [InlineData("https://e.gov.sg/a b", "a space at character 19", "%20")]
    [InlineData("https://e.gov.sg/{id}", "{ at character 18", "%7B")]
    [InlineData("https://e.gov.sg/\"", "\" at character 18", "%22")]
    [InlineData("https://e.gov.sg/<", "< at character 18", "%3C")]
    [InlineData("https://e.gov.sg/^", "^ at character 18", "%5E")]
    [InlineData("https://e.gov.sg/`", "` at character 18", "%60")]
    [InlineData("https://e.gov.sg/a\\b", "\\ at character 19", "%5C")]
    [InlineData("https://e.gov.sg/a\tb", "U+0009 at character 19", "%09")]
    [InlineData("https://e.gov.sg/\u007f", "U+007F at character 18", "%7F")]
    [InlineData("https://e.gov.sg/é", "U+00E9 at character 18", "%C3%A9")]
    [InlineData("https://e.gov.sg/?q=😀", "U+1F600 at character 21", "%F0%9F%98%80")]
    [InlineData("https://e.gov.sg/#a#b", "# at character 20", "%23")]
    [InlineData("https://e.gov.sg/100%", "% at character 21", "%25")]
    [InlineData("https://e.gov.sg/%zz", "% at character 18", "%25")]
    [InlineData("https://e.gov.sg/%4", "% at character 18", "%25")]
    [InlineData("https://é.gov.sg/", "U+00E9 at character 9 in the host", "xn--")]
    public void What_it_does_not_is_named_with_its_place_and_what_to_write(string text, string place, string instead)
    {
        Assert.Null(RequestUrl.Read(text, out var why));

        Assert.Contains(place, why, StringComparison.Ordinal);
        Assert.Contains($"Write {(instead == "xn--" ? "the host in its xn-- form" : instead)}", why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("e.gov.sg")]
    [InlineData("//e.gov.sg")]
    [InlineData("ftp://e.gov.sg")]
    [InlineData("https:/e.gov.sg")]
    [InlineData("https://")]
    [InlineData("https:///done")]
    [InlineData("https://?x")]
    [InlineData("https://e..gov.sg/")]
    [InlineData("https://.gov.sg/")]
    [InlineData("https://e%2egov.sg/")]
    [InlineData("https://e.gov.sg:99999/")]
    [InlineData("https://[::1/")]
    [InlineData("https://e[.gov.sg/")]
    public void What_has_no_scheme_or_host_is_none(string text)
    {
        Assert.Null(RequestUrl.Read(text, out var why));
        Assert.NotNull(why);
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("localhost.")]
    [InlineData("LOCALHOST")]
    [InlineData("a.localhost")]
    [InlineData("a.b.LocalHost.")]
    [InlineData("localhost.localdomain")]
    [InlineData("ip6-localhost")]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.1.")]
    [InlineData("127.1")]
    [InlineData("127.255.255.254")]
    [InlineData("0x7f000001")]
    [InlineData("0x7f.1")]
    [InlineData("2130706433")]
    [InlineData("017700000001")]
    [InlineData("0.0.0.0")]
    [InlineData("0")]
    [InlineData("0.1.2.3")]
    [InlineData("[::]")]
    [InlineData("[::1]")]
    [InlineData("[0:0:0:0:0:0:0:1]")]
    [InlineData("[::ffff:127.0.0.1]")]
    [InlineData("[::ffff:7f00:1]")]
    [InlineData("[::ffff:0.0.0.0]")]
    [InlineData("[::127.0.0.1]")]
    public void A_host_that_is_this_machine_is_known_in_all_its_forms(string host) =>
        Assert.True(RequestUrl.IsThisMachine(RequestUrl.Read($"https://{host}:8443/done", out _)!));

    [Theory]
    [InlineData("e.gov.sg")]
    [InlineData("localhost.gov.sg")]
    [InlineData("mylocalhost")]
    [InlineData("127.0.0.1.gov.sg")]
    [InlineData("128.0.0.1")]
    [InlineData("1.2.3.4")]
    [InlineData("[2001:db8::1]")]
    [InlineData("[::ffff:1.2.3.4]")]
    [InlineData("[::2:0:1]")]
    public void Another_host_is_not(string host) => Assert.False(RequestUrl.IsThisMachine(RequestUrl.Read($"https://{host}/", out _)!));
}
