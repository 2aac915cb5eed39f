using PaySg.Functions.Webhooks.Endpoints;

namespace PaySg.Functions.Tests.Webhooks.Endpoints;

[Trait("Category", "Rules")]
public sealed class WebhookUrlTests
{
    private const string Hook = "https://eservice.agency.gov.sg/hook/a~b?x=1";

    [Theory]
    [InlineData("https://EService.Agency.GOV.sg/hook/a~b?x=1")]
    [InlineData("HTTPS://eservice.agency.gov.sg/hook/a~b?x=1")]
    [InlineData("https://eservice.agency.gov.sg:443/hook/a~b?x=1")]
    [InlineData("https://eservice.agency.gov.sg./hook/a~b?x=1")]
    [InlineData("https://eservice.agency.gov.sg/./hook/a~b?x=1")]
    [InlineData("https://eservice.agency.gov.sg/other/../hook/a~b?x=1")]
    [InlineData("https://eservice.agency.gov.sg/../hook/a~b?x=1")]
    [InlineData("https://eservice.agency.gov.sg/other/%2e%2e/hook/a~b?x=1")]
    [InlineData("https://eservice.agency.gov.sg/other/%2E./hook/a~b?x=1")]
    [InlineData("https://eservice.agency.gov.sg/%68ook/a%7Eb?x=1")]
    [InlineData("https://eservice.agency.gov.sg/%68ook/a%7eb?%78=%31")]
    public void Ways_to_write_one_url_are_one(string other)
    {
        Assert.Equal(WebhookUrl.Normalise(Hook), WebhookUrl.Normalise(other));
        Assert.True(WebhookUrl.AreOne(Hook, other));
    }

    [Theory]
    [InlineData("https://eservice.agency.gov.sg/hook/a~b?x=2")]
    [InlineData("https://eservice.agency.gov.sg/hook/a~b")]
    [InlineData("https://eservice.agency.gov.sg/Hook/a~b?x=1")]
    [InlineData("https://eservice.agency.gov.sg/hook/a~b/?x=1")]
    [InlineData("https://eservice.agency.gov.sg/hook%2Fa~b?x=1")]
    [InlineData("https://eservice.agency.gov.sg/hook/a%257Eb?x=1")]
    [InlineData("https://eservice.agency.gov.sg:8443/hook/a~b?x=1")]
    [InlineData("http://eservice.agency.gov.sg/hook/a~b?x=1")]
    [InlineData("https://service.agency.gov.sg/hook/a~b?x=1")]
    public void Other_urls_are_others(string other) => Assert.False(WebhookUrl.AreOne(Hook, other));

    [Theory]
    [InlineData("https://eservice.agency.gov.sg", "https://eservice.agency.gov.sg/")]
    [InlineData("https://eservice.agency.gov.sg?", "https://eservice.agency.gov.sg/")]
    [InlineData("https://eservice.agency.gov.sg/a/..", "https://eservice.agency.gov.sg/")]
    [InlineData("https://eservice.agency.gov.sg/a/.", "https://eservice.agency.gov.sg/a/")]
    [InlineData("https://eservice.agency.gov.sg/a/b/..", "https://eservice.agency.gov.sg/a/")]
    [InlineData("https://XN--BCHER-KVA.example/a", "https://xn--bcher-kva.example/a")]
    [InlineData("https://bücher.example/a", "https://xn--bcher-kva.example/a")]
    [InlineData("https://0x08080808/a", "https://8.8.8.8/a")]
    [InlineData("https://8.8.2056/a", "https://8.8.8.8/a")]
    [InlineData("https://8.8.8.8./a", "https://8.8.8.8/a")]
    [InlineData("https://0x08080808./a", "https://8.8.8.8/a")]
    [InlineData("https://8.8.2056./a", "https://8.8.8.8/a")]
    [InlineData("https://[2001:4860:4860:0:0:0:0:8888]/a", "https://[2001:4860:4860::8888]/a")]
    [InlineData("http://127.0.0.1:80/a", "http://127.0.0.1/a")]
    [InlineData("https://127.0.0.1:80/a?b", "https://127.0.0.1:80/a?b")]
    [InlineData("https://eservice.agency.gov.sg/a?b=%2fc%e9%99%88", "https://eservice.agency.gov.sg/a?b=%2Fc%E9%99%88")]
    [InlineData("https://eservice.agency.gov.sg/a%2fb", "https://eservice.agency.gov.sg/a%2Fb")]
    [InlineData("https://eservice.agency.gov.sg/a%", "https://eservice.agency.gov.sg/a%25")]
    [InlineData("https://eservice.agency.gov.sg/a%7", "https://eservice.agency.gov.sg/a%257")]
    [InlineData("https://eservice.agency.gov.sg/a//b/..", "https://eservice.agency.gov.sg/a//")]
    [InlineData("https://eservice.agency.gov.sg/a//.", "https://eservice.agency.gov.sg/a//")]
    [InlineData("https://eservice.agency.gov.sg/a%2Db%2Ec%5F", "https://eservice.agency.gov.sg/a-b.c_")]
    public void The_shortest_way_is_the_form_to_compare_by(string url, string normal)
    {
        Assert.Equal(normal, WebhookUrl.Normalise(url));
        Assert.Equal(normal, WebhookUrl.Normalise(normal));
    }

    [Fact]
    public void The_host_is_the_machine_whatever_the_port()
    {
        Assert.Equal("eservice.agency.gov.sg", WebhookUrl.HostOf("https://EService.agency.gov.sg.:8443/hook"));
        Assert.Equal(WebhookUrl.HostOf("https://[2001:4860:4860::8888]/"), WebhookUrl.HostOf("https://[2001:4860:4860:0::8888]:8443/"));
    }

    [Fact]
    public void An_account_without_a_url_shares_none()
    {
        Assert.False(WebhookUrl.AreOne("", Hook));
        Assert.False(WebhookUrl.AreOne(Hook, ""));
        Assert.True(WebhookUrl.AreOne("", ""));
    }
}
