using System.Net;
using Microsoft.AspNetCore.Builder;
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
            await context.Response.WriteAsync("""{"error":{"code":"invalid_api_key"},"problems":["queue paysg-outbox"]}""");
        });
        await other.StartAsync();
        var url = new Uri(other.Urls.First());

        Assert.Contains((await CheckAsync(url, null, null)).Lines, line => line.StartsWith("FAIL  ready: /health/ready answered 503", StringComparison.Ordinal) && line.Contains("paysg-outbox", StringComparison.Ordinal));
        ready = true;
        var lines = (await CheckAsync(url, null, null)).Lines;
        Assert.Contains(lines, line => line.StartsWith("FAIL  clock: This machine is", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("FAIL  headers: Missing: X-Content-Type-Options: nosniff, x-request-id", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("is not the https address of an app", "check", "--url", "http://pay.agency.gov.sg")]
    [InlineData("is not the https address of an app", "check", "--url", "pay.agency.gov.sg")]
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
