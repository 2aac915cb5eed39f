using Microsoft.AspNetCore.Http;
using PaySg.Functions.Tests.Fixtures;
using PaySg.LocalHost.Http;

namespace PaySg.Functions.Tests.LocalHost;

public sealed class HostNameGuardTests
{
    [Theory]
    [InlineData("localhost", true)]
    [InlineData("LOCALHOST:7071", true)]
    [InlineData("127.0.0.1", true)]
    [InlineData("127.0.0.1:65535", true)]
    [InlineData("[::1]", true)]
    [InlineData("[::1]:7071", true)]
    [InlineData("", false)]
    [InlineData("attacker.example", false)]
    [InlineData("attacker.example:7071", false)]
    [InlineData("localhost.attacker.example", false)]
    [InlineData("127.0.0.1.nip.io", false)]
    [InlineData("10.0.0.1:7071", false)]
    [InlineData("0.0.0.0:7071", false)]
    public void Only_names_of_this_machine_are_its(string host, bool expected) => Assert.Equal(expected, HostNameGuard.IsThisMachine(new HostString(host)));

    [Theory]
    [InlineData("/health")]
    [InlineData("/sandbox/mailbox")]
    [InlineData("/nothing")]
    public async Task A_call_by_another_name_is_answered_421_whatever_it_is_for(string path)
    {
        await using var app = await PaySgApp.StartAsync();
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(app.BaseAddress, path));
        request.Headers.Host = "rebound.attacker.example";
        using var response = await http.SendAsync(request);

        Assert.Equal(421, (int)response.StatusCode);
        Assert.Contains("localhost", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
