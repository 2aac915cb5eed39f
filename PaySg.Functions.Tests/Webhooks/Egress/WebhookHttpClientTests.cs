using System.Net;
using System.Net.Sockets;
using System.Text;
using PaySg.Functions.Webhooks.Egress;

namespace PaySg.Functions.Tests.Webhooks.Egress;

[Trait("Category", "Rules")]
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

        Assert.EndsWith($", which webhooks may not reach on port {port}.", Assert.IsType<EgressRefusedException>(fault.InnerException).Message, StringComparison.Ordinal);
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
            await AnswerAsync(receiver, "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n");

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

        var fault = await Assert.ThrowsAsync<HttpRequestException>(() => GetAsync(client, new Uri("http://8.8.8.8:443/hook")));

        Assert.IsType<EgressRefusedException>(fault.InnerException);
    }

    [Fact]
    public async Task A_port_where_nobody_listens_is_told_as_such()
    {
        using var client = new WebhookHttpClient(EgressPolicyTests.Policy("127.0.0.0/8"));
        Uri closed;
        using (var listener = Listener(IPAddress.Loopback))
            closed = new Uri($"http://{listener.LocalEndpoint}/hook");

        var fault = await Assert.ThrowsAsync<HttpRequestException>(() => GetAsync(client, closed));

        Assert.Equal(HttpRequestError.ConnectionError, fault.HttpRequestError);
        Assert.Equal(SocketError.ConnectionRefused, Assert.IsType<SocketException>(fault.InnerException).SocketErrorCode);
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
        using var receiver = Listener(IPAddress.Loopback);
        using var client = new WebhookHttpClient(EgressPolicyTests.Policy("127.0.0.0/8"));
        var heads = new List<string>();

        for (var i = 0; i < 2; i++)
        {
            var answer = GetAsync(client, new Uri($"http://{receiver.LocalEndpoint}/hook"));
            heads.Add(await AnswerAsync(receiver, "HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\nSet-Cookie: a=b\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
            Assert.Equal(HttpStatusCode.Redirect, await answer);
        }

        Assert.False(receiver.Pending());
        Assert.All(heads, head => Assert.StartsWith("GET /hook ", head, StringComparison.Ordinal));
        Assert.All(heads, head => Assert.DoesNotContain("Cookie", head, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Answers the next request, waits until the client has closed the connection, and gives the request's head.</summary>
    private static async Task<string> AnswerAsync(TcpListener receiver, string answer)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30), TimeProvider.System);
        using var connection = await receiver.AcceptTcpClientAsync(limit.Token);
        using var reader = new StreamReader(connection.GetStream(), leaveOpen: true);
        var head = new StringBuilder();
        while (await reader.ReadLineAsync(limit.Token) is { Length: > 0 } line)
            head.AppendLine(line);
        await connection.GetStream().WriteAsync(Encoding.ASCII.GetBytes(answer), limit.Token);
        Assert.Equal("", await reader.ReadToEndAsync(limit.Token));
        return head.ToString();
    }

    private static async Task<HttpStatusCode> GetAsync(WebhookHttpClient client, Uri url)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        using var response = await client.SendAsync(request, CancellationToken.None);
        return response.StatusCode;
    }
}
