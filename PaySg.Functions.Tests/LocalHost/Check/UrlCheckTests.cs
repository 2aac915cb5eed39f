using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using PaySg.Functions.Tests.Fixtures;
using PaySg.LocalHost;
using PaySg.LocalHost.Check;

namespace PaySg.Functions.Tests.LocalHost.Check;

public sealed class UrlCheckTests
{
    [Fact]
    public async Task A_deployed_app_is_asked_by_its_address_and_sends_a_test_event()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var app = await PaySgApp.StartAsync();
        var (endpoint, _) = await app.Client.RegisteredEndpointAsync(A.WebhookEndpoint(receiver.Url));

        var (isWell, lines) = await CheckAsync(app.BaseAddress, $"{ApiClient.ServiceId}/{endpoint}", ApiClient.ApiKey);

        Assert.True(isWell, string.Join('\n', lines));
        Assert.Equal(["ok    tls", "ok    ready", "ok    clock", "ok    headers", "ok    webhooks", "All is well."], lines.Select(line => line.Split(':')[0]));
        Assert.Single(await receiver.WaitForAsync(1));
    }

    [Fact]
    public async Task A_receiver_that_refuses_and_a_key_that_is_missing_are_named()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.Responds = (_, context) =>
        {
            context.Response.StatusCode = (int)HttpStatusCode.Forbidden;
            return Task.CompletedTask;
        };
        await using var app = await PaySgApp.StartAsync();
        var (endpoint, _) = await app.Client.RegisteredEndpointAsync(A.WebhookEndpoint(receiver.Url));

        var (isWell, lines) = await CheckAsync(app.BaseAddress, $"{ApiClient.ServiceId}/{endpoint}", ApiClient.ApiKey);
        Assert.False(isWell);
        Assert.Contains(lines, line => line.StartsWith("FAIL  webhooks: The test event is", StringComparison.Ordinal) && line.Contains("403", StringComparison.Ordinal));
        Assert.Contains((await CheckAsync(app.BaseAddress, "a/b", null)).Lines, line => line.StartsWith("FAIL  webhooks: PAYSG_CHECK_API_KEY is not set", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_no_app_what_is_not_ready_and_what_takes_headers_away_is_named()
    {
        Assert.Contains((await CheckAsync(new Uri("http://127.0.0.1:9"), null, null)).Lines, line => line.StartsWith("FAIL  ready: http://127.0.0.1:9/ does not answer", StringComparison.Ordinal));

        var ready = false;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        await using var other = builder.Build();
        other.Urls.Add("http://127.0.0.1:0");
        other.Run(async context =>
        {
            context.Response.StatusCode = context.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal) ? (ready ? 200 : 503) : 401;
            context.Response.Headers.Date = "Thu, 15 Jan 2026 01:30:00 GMT";
            await context.Response.WriteAsync($$"""{"status":"{{(ready ? "ready" : "not_ready")}}","error":{"code":"invalid_api_key"},"problems":["queue paysg-outbox"]}""");
        });
        await other.StartAsync();
        var url = new Uri(other.Urls.First());

        Assert.Contains((await CheckAsync(url, null, null)).Lines, line => line.StartsWith("FAIL  ready: /health/ready answered 503", StringComparison.Ordinal) && line.Contains("paysg-outbox", StringComparison.Ordinal));
        ready = true;
        var lines = (await CheckAsync(url, null, null)).Lines;
        Assert.Contains(lines, line => line.StartsWith("FAIL  clock: This machine is", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("FAIL  headers: Missing: X-Content-Type-Options: nosniff, x-request-id, Content-Security-Policy (payer pages), X-Frame-Options (payer pages)", StringComparison.Ordinal));
    }

    /// <summary>What stands in front of an app: a proxy that sends on, a page of its own, an answer that is no JSON.</summary>
    [Theory]
    [InlineData(302, "https://www.agency.gov.sg/", "", "/health/ready answered 302 and sends on to https://www.agency.gov.sg/")]
    [InlineData(200, null, "<html>Welcome</html>", "/health/ready answered 200, but not as PaySG does: <html>Welcome</html>")]
    [InlineData(200, null, "[]", "/health/ready answered 200, but not as PaySG does")]
    [InlineData(200, null, """{"status":{"a":1}}""", "/health/ready answered 200, but not as PaySG does")]
    [InlineData(200, null, "", "/health/ready answered 200, but not as PaySG does")]
    public async Task What_answers_in_the_apps_place_is_told(int status, string? location, string body, string said)
    {
        await using var other = await LoopbackServer.StartAsync(async context =>
        {
            context.Response.StatusCode = status;
            if (location is not null)
                context.Response.Headers.Location = location;
            await context.Response.WriteAsync(body);
        });

        var (isWell, lines) = await CheckAsync(LoopbackServer.AddressOf(other), null, null);

        Assert.False(isWell);
        Assert.Contains(lines, line => line.StartsWith($"FAIL  ready: {said}", StringComparison.Ordinal));
    }

    /// <summary>Hosts that are no PaySG say of letters what is not so, write over the lines of a terminal, never end, or know no such path.</summary>
    [Fact]
    public async Task What_another_host_sends_breaks_no_check()
    {
        await using var other = await LoopbackServer.StartAsync(async context =>
        {
            var path = context.Request.Path.Value!;
            context.Response.StatusCode = path.StartsWith("/none", StringComparison.Ordinal) ? 404 : 200;
            context.Response.ContentType = "text/html; charset=no-such-letters";
            await context.Response.WriteAsync(path.StartsWith("/long", StringComparison.Ordinal) ? new string('x', 3 * 1024 * 1024) : "a\u001b[2J\r\nok    ready: 200");
        });
        var url = LoopbackServer.AddressOf(other);

        var lines = (await CheckAsync(url, null, null)).Lines;
        Assert.Contains("FAIL  ready: /health/ready answered 200, but not as PaySG does: a [2J  ok    ready: 200. This is another app, or something in front of it answers.", lines);
        Assert.DoesNotContain(lines, line => line.StartsWith("ok    ready", StringComparison.Ordinal));
        Assert.Contains((await CheckAsync(new Uri(url, "/long"), null, null)).Lines, line => line.Contains("answers with more than 1024 KiB: this is not PaySG", StringComparison.Ordinal));
        Assert.Contains((await CheckAsync(new Uri(url, "/none"), null, null)).Lines, line => line.Contains("/none/health/ready was asked. Give the address that links begin with.", StringComparison.Ordinal));
        using var probe = new UrlProbe(url, TimeProvider.System);
        foreach (var key in (string[])["a\nb", "a b", "é", "a\r"])
            Assert.StartsWith("PAYSG_CHECK_API_KEY holds a blank", (await Assert.ThrowsAsync<CheckFailedException>(() => probe.WebhookAsync("a/b", key, CancellationToken.None))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_test_event_that_is_answered_by_something_else_is_no_delivery()
    {
        await using var other = await LoopbackServer.StartAsync(async context => await context.Response.WriteAsync("<html>Welcome</html>"));
        using var probe = new UrlProbe(LoopbackServer.AddressOf(other), TimeProvider.System);

        var failed = await Assert.ThrowsAsync<CheckFailedException>(() => probe.WebhookAsync("payment_service_1/we_1", "key", CancellationToken.None));

        Assert.StartsWith("The test was answered 200, but not as PaySG does", failed.Message, StringComparison.Ordinal);
    }

    /// <summary>A certificate that nobody has issued, one of another name, and a server that speaks no TLS, or says nothing.</summary>
    [Fact]
    public async Task A_connection_that_nobody_can_trust_is_told_with_the_reason()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=pay.agency.gov.sg", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(100));
        using var own = X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), password: null);
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(own)));
        builder.Logging.ClearProviders();
        await using var app = builder.Build();
        app.Run(context => context.Response.WriteAsync("{}"));
        await app.StartAsync();
        using var silent = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        await using var plain = await LoopbackServer.StartAsync(context => context.Response.WriteAsync("{}"));

        Assert.Contains("is for another name", await TlsAsync(LoopbackServer.AddressOf(app).Port), StringComparison.Ordinal);
        Assert.Contains("does not answer within 1 seconds", await TlsAsync(((IPEndPoint)silent.LocalEndpoint).Port), StringComparison.Ordinal);
        Assert.Contains("does not answer: ", await TlsAsync(LoopbackServer.AddressOf(plain).Port), StringComparison.Ordinal);

        static async Task<string> TlsAsync(int port)
        {
            using var probe = new UrlProbe(new Uri($"https://127.0.0.1:{port}"), TimeProvider.System, TimeSpan.FromSeconds(1));
            return (await Assert.ThrowsAsync<CheckFailedException>(() => probe.TlsAsync(CancellationToken.None))).Message;
        }
    }

    [Theory]
    [InlineData("is not the https address of an app", "check", "--url", "http://pay.agency.gov.sg")]
    [InlineData("is not the https address of an app", "check", "--url", "pay.agency.gov.sg")]
    [InlineData("give what links of the app begin with", "check", "--url", "https://pay.agency.gov.sg/?a=b")]
    [InlineData("give what links of the app begin with", "check", "--url", "https://pay.agency.gov.sg/#a")]
    [InlineData("give what links of the app begin with", "check", "--url", "https://name:secret@pay.agency.gov.sg")]
    [InlineData("--url is given twice", "check", "--url", "https://a.gov.sg", "--url", "https://b.gov.sg")]
    [InlineData("needs --url", "check", "--webhook-endpoint", "a/b")]
    [InlineData("is not a payment service and an endpoint", "check", "--url", "https://pay.agency.gov.sg", "--webhook-endpoint", "we_1")]
    public void What_cannot_be_asked_is_refused(string said, params string[] arguments) =>
        Assert.Contains(said, Assert.Throws<LocalHostException>(() => CommandLine.Parse(arguments)).Message, StringComparison.Ordinal);

    private static async Task<(bool IsWell, IReadOnlyList<string> Lines)> CheckAsync(Uri url, string? endpoint, string? apiKey)
    {
        await using var output = new StringWriter { NewLine = "\n" };
        var environment = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (apiKey is not null)
            environment[UrlProbe.ApiKeyVariable] = apiKey;
        var isWell = await new CheckProgram(environment, output).RunAsync(url, endpoint, CancellationToken.None);
        return (isWell, output.ToString().TrimEnd('\n').Split('\n'));
    }
}
