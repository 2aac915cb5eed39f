using System.Net;
using System.Net.Sockets;
using PaySg.Functions.Tests.Fixtures;
using PaySg.Functions.Webhooks.Egress;

namespace PaySg.Functions.Tests.Webhooks.Egress;

public sealed class WebhookHttpClientTests
{
    [Theory]
    [InlineData("http://127.0.0.1")]
    [InlineData("https://127.0.0.1")]
    [InlineData("http://localhost")]
    [InlineData("https://localhost")]
    [InlineData("http://[::ffff:127.0.0.1]")]
    public async Task A_forbidden_address_is_not_connected_to(string host)
    {
        using var listener = new TcpListener(IPAddress.IPv6Any, 0) { Server = { DualMode = true } };
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        using var client = new WebhookHttpClient(EgressPolicyTests.Policy());

        var fault = await Assert.ThrowsAsync<HttpRequestException>(() => GetAsync(client, new Uri($"{host}:{port}/hook")));

        Assert.IsType<EgressRefusedException>(fault.InnerException);
        Assert.False(listener.Pending());
    }

    [Theory]
    [InlineData("http://１２７.0.0.1")]
    [InlineData("https://①②⑦.0.0.1")]
    [InlineData("https://127。0。0。1")]
    [InlineData("https://loc\u00ADalhost")]
    public async Task A_host_in_unusual_letters_does_not_lead_to_a_forbidden_address(string host)
    {
        using var listener = new TcpListener(IPAddress.IPv6Any, 0) { Server = { DualMode = true } };
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        using var client = new WebhookHttpClient(EgressPolicyTests.Policy());

        await Assert.ThrowsAsync<HttpRequestException>(() => GetAsync(client, new Uri($"{host}:{port}/hook")));

        Assert.False(listener.Pending());
    }

    /// <summary>A proxy would be connected to instead of the receiver, and so be what the egress check sees.</summary>
    [Fact]
    public async Task The_proxy_of_the_machine_is_not_used()
    {
        using var receiver = Listener(IPAddress.Parse("127.0.0.77"));
        using var proxy = Listener(IPAddress.Loopback);
        var before = HttpClient.DefaultProxy;
        HttpClient.DefaultProxy = new ProxyOfOneHost("127.0.0.77", new Uri($"http://{proxy.LocalEndpoint}"));
        try
        {
            using var client = new WebhookHttpClient(EgressPolicyTests.Policy("127.0.0.0/8"));
            var answer = GetAsync(client, new Uri($"http://{receiver.LocalEndpoint}/hook"));
            using (var connection = await receiver.AcceptTcpClientAsync().WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System))
                await connection.GetStream().WriteAsync("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"u8.ToArray());

            await answer;
            Assert.False(proxy.Pending());
        }
        finally
        {
            HttpClient.DefaultProxy = before;
        }
    }

    private static TcpListener Listener(IPAddress address)
    {
        var listener = new TcpListener(address, 0);
        listener.Start();
        return listener;
    }

    /// <summary>The proxy is the whole process's, so it is one for a host that no other test uses.</summary>
    private sealed class ProxyOfOneHost(string only, Uri proxy) : IWebProxy
    {
        public ICredentials? Credentials { get; set; }

        public Uri? GetProxy(Uri destination) => proxy;

        public bool IsBypassed(Uri host) => host.Host != only;
    }

    [Fact]
    public async Task Plain_http_does_not_reach_a_public_address()
    {
        using var client = new WebhookHttpClient(EgressPolicyTests.Policy("127.0.0.0/8"));

        var fault = await Assert.ThrowsAsync<HttpRequestException>(() => GetAsync(client, new Uri("http://8.8.8.8/hook")));

        Assert.IsType<EgressRefusedException>(fault.InnerException);
    }

    [Fact]
    public async Task A_host_that_does_not_resolve_is_told_as_such()
    {
        using var client = new WebhookHttpClient(EgressPolicyTests.Policy());

        var fault = await Assert.ThrowsAsync<HttpRequestException>(() => GetAsync(client, new Uri("https://no-such-host.invalid/hook")));

        Assert.Equal(HttpRequestError.NameResolutionError, fault.HttpRequestError);
    }

    [Fact]
    public async Task An_allowed_address_is_reached_and_its_redirect_is_not_followed()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.Responds = (_, context) =>
        {
            context.Response.Redirect("/elsewhere");
            context.Response.Headers.SetCookie = "a=b";
            return Task.CompletedTask;
        };
        using var client = new WebhookHttpClient(EgressPolicyTests.Policy("127.0.0.0/8"));

        Assert.Equal(HttpStatusCode.Redirect, await GetAsync(client, receiver.Url));
        Assert.Equal(HttpStatusCode.Redirect, await GetAsync(client, receiver.Url));

        Assert.Equal(2, receiver.All.Count);
        Assert.All(receiver.All, request => Assert.False(request.Headers.ContainsKey("Cookie")));
    }

    private static async Task<HttpStatusCode> GetAsync(WebhookHttpClient client, Uri url)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        using var response = await client.SendAsync(request, CancellationToken.None);
        return response.StatusCode;
    }
}
