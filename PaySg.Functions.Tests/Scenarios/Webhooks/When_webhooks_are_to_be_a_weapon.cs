using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PaySg.Functions.Platform.Outbox;
using PaySg.Functions.Tests.Fixtures;
using PaySg.Functions.Webhooks.Delivery;
using PaySg.Functions.Webhooks.Endpoints;

namespace PaySg.Functions.Tests.Scenarios;

/// <summary>Somebody with a key of ours would like us to flood a host.</summary>
public sealed class When_webhooks_are_to_be_a_weapon : IAsyncLifetime
{
    private const int PostsPerMinute = 60;

    private readonly SteadyClock clock = new();
    private PaySgApp app = null!;
    private WebhookReceiver receiver = null!;

    public async Task InitializeAsync()
    {
        receiver = await WebhookReceiver.StartAsync();
        app = await PaySgApp.StartAsync(
            settings: new Dictionary<string, string>
            {
                ["PaySg__Webhooks__PostsPerMinute"] = $"{PostsPerMinute}",
                ["AzureWebJobs.Sweep.Disabled"] = "true",
            },
            services: (_, services) => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock)));
    }

    public async Task DisposeAsync()
    {
        await app.DisposeAsync();
        await receiver.DisposeAsync();
    }

    [Theory]
    [InlineData("https://8.8.8.8/hook", "https://8.8.8.8:443/hook")]
    [InlineData("https://Eservice.invalid/hook", "https://eservice.INVALID/hook")]
    [InlineData("https://eservice.invalid/a/../hook", "https://eservice.invalid/%68ook")]
    [InlineData("https://eservice.invalid", "https://eservice.invalid/./")]
    [InlineData("https://xn--bcher-kva.invalid/hook", "https://XN--BCHER-KVA.invalid/hook")]
    public async Task Should_take_three_endpoints_of_one_url_however_it_is_written(string url, string other)
    {
        foreach (var each in new[] { url, other, url })
            (await RegisterAsync(each)).Expect(HttpStatusCode.Created);
        foreach (var each in new[] { url, other })
            Assert.Equal("too_many_endpoints_of_url", (await RegisterAsync(each)).Expect(HttpStatusCode.PaymentRequired).ErrorCode);

        // Another URL of the same host is another; and a fourth is not had by changing one either.
        var fourth = (await RegisterAsync(new Uri(new Uri(url), "/another").AbsoluteUri)).Expect(HttpStatusCode.Created)["id"]!;
        var refused = (await ChangeAsync(fourth, other)).Expect(HttpStatusCode.PaymentRequired);
        Assert.Equal("too_many_endpoints_of_url", refused.ErrorCode);
        Assert.Equal(new Uri(new Uri(url), "/another").AbsoluteUri, (await app.Client.GetAsync(ApiClient.EndpointPath(fourth)))["webhook_url"]);

        // Who has it keeps it, in whatever way it is written, and who deletes one makes room.
        var mine = (await app.Client.GetAsync(ApiClient.EndpointsPath)).Json.GetProperty("data").EnumerateArray()
            .Select(endpoint => (Id: endpoint.GetProperty("id").GetString()!, Url: endpoint.GetProperty("webhook_url").GetString()!))
            .First(endpoint => WebhookUrl.AreOne(endpoint.Url, url)).Id;
        Assert.Equal(other, (await ChangeAsync(mine, other)).Expect(HttpStatusCode.OK)["webhook_url"]);
        (await app.Client.DeleteAsync(ApiClient.EndpointPath(mine))).Expect(HttpStatusCode.NoContent);
        (await ChangeAsync(fourth, other)).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Should_take_three_although_many_ask_at_once()
    {
        var spare = await Task.WhenAll(Enumerable.Range(0, 4).Select(async i => (await RegisterAsync($"https://eservice.invalid/{i}")).Expect(HttpStatusCode.Created)["id"]!));

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(_ => RegisterAsync("https://eservice.invalid/hook"))
                .Concat(spare.Select(id => ChangeAsync(id, "https://eservice.invalid:443/hook"))));

        Assert.Equal(CountedWebhookEndpoints.OfOneUrl, answers.Count(answer => answer.Status is HttpStatusCode.Created or HttpStatusCode.OK));
        Assert.All(answers.Where(answer => (int)answer.Status >= 400), answer => Assert.Equal("too_many_endpoints_of_url", answer.Expect(HttpStatusCode.PaymentRequired).ErrorCode));
    }

    /// <summary>10 calls, 30 endpoints at one host: 300 deliveries, and with their second attempts 600.</summary>
    [Fact]
    public async Task Should_send_no_more_to_one_host_in_a_minute_from_each_process_than_the_setting_says_and_lose_nothing()
    {
        receiver.Responds = static (_, context) =>
        {
            context.Response.StatusCode = 200;
            return Task.CompletedTask;
        };
        for (var i = 0; i < 30; i++)
            await app.Client.RegisteredEndpointAsync(A.WebhookEndpoint(new Uri(receiver.Url, $"?{i}")).For("payment.created"));

        for (var i = 0; i < 10; i++)
            await app.Client.CreatedPaymentAsync();

        // The clock of the buckets stands still: what came so far is what a burst may be, of the process that fans out and of the one that works on deliveries.
        const int burst = 2 * PostsPerMinute / 5;
        await LocalHost.Eventually.TrueAsync(async () => receiver.All.Count == burst && await CountAsync("Pending") == 300 - burst);
        clock.Advance(TimeSpan.FromMinutes(1));
        await app.Services.GetRequiredService<Sweep>().RunAsync(CancellationToken.None);
        // What is left is worked on by the latter alone.
        await LocalHost.Eventually.TrueAsync(() => receiver.All.Count >= burst + (burst / 2));
        Assert.InRange(receiver.All.Count, burst, 2 * PostsPerMinute);
        var rows = await StoredRows.OfAsync(app.Connection, "paysgdeliveries", "v:");
        Assert.All(rows.Where(row => row.GetString("state") == "Pending"), row => Assert.Equal(0, row.GetInt32("attempt_count")));
        Assert.Equal(300, rows.Count);
    }

    [Fact]
    public async Task Should_run_one_recovery_of_an_endpoint_at_a_time()
    {
        var id = (await RegisterAsync(receiver.Url.AbsoluteUri)).Expect(HttpStatusCode.Created)["id"]!;
        var other = (await RegisterAsync(receiver.Url.AbsoluteUri)).Expect(HttpStatusCode.Created)["id"]!;
        app.BackgroundTraffic.IsCutOff = true;
        var first = (await RecoverAsync(id, "first")).Expect(HttpStatusCode.Accepted);

        var second = (await RecoverAsync(id)).Expect(HttpStatusCode.Conflict);

        Assert.Equal("webhook_recovery_running", second.ErrorCode);
        Assert.Contains(first["id"]!, second.Body, StringComparison.Ordinal);
        Assert.Equal(first["id"], (await RecoverAsync(id, "first")).Expect(HttpStatusCode.Accepted)["id"]);
        (await RecoverAsync(other)).Expect(HttpStatusCode.Accepted);
        Assert.Equal("webhook_recovery_running", (await RecoverAsync(id, "second")).Expect(HttpStatusCode.Conflict).ErrorCode);

        app.BackgroundTraffic.IsCutOff = false;
        clock.Advance(TimeSpan.FromSeconds(31));
        await app.Services.GetRequiredService<Sweep>().RunAsync(CancellationToken.None);
        await LocalHost.Eventually.TrueAsync(async () => (await RecoverAsync(id, "second")).Status == HttpStatusCode.Accepted);
    }

    [Fact]
    public async Task Should_start_one_of_many_recoveries_that_are_asked_for_at_once()
    {
        var id = (await RegisterAsync(receiver.Url.AbsoluteUri)).Expect(HttpStatusCode.Created)["id"]!;
        app.BackgroundTraffic.IsCutOff = true;

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => RecoverAsync(id)));

        Assert.Single(answers, answer => answer.Status == HttpStatusCode.Accepted);
        Assert.Equal(19, answers.Count(answer => answer.Status == HttpStatusCode.Conflict));
        Assert.Single(await StoredRows.OfAsync(app.Connection, "paysgwebhooks", "y:"));
        app.BackgroundTraffic.IsCutOff = false;
    }

    [Fact]
    public async Task Should_run_one_recovery_of_an_account_at_a_time()
    {
        var management = new ManagementClient(app.BaseAddress);
        var account = await management.CreatedAccountAsync(receiver.Url.AbsoluteUri);
        var path = ManagementClient.AccountPath(account) + "/deliveries/recover";
        app.BackgroundTraffic.IsCutOff = true;
        (await management.PostAsync(path, """{"since":0}""")).Expect(HttpStatusCode.Accepted);

        Assert.Equal("webhook_recovery_running", (await management.PostAsync(path, """{"since":0}""")).Expect(HttpStatusCode.Conflict).ErrorCode);
        app.BackgroundTraffic.IsCutOff = false;
    }

    [Fact]
    public async Task Should_have_a_budget_for_tests()
    {
        var ids = new[]
        {
            (await RegisterAsync(receiver.Url.AbsoluteUri)).Expect(HttpStatusCode.Created)["id"]!,
            (await RegisterAsync(receiver.Url.AbsoluteUri)).Expect(HttpStatusCode.Created)["id"]!,
        };
        await TestAsync(ids[0], "first");
        for (var i = 1; i < TestWebhookEndpoint.PerMinute; i++)
            (await TestAsync(ids[i % 2])).Expect(HttpStatusCode.OK);
        var sent = receiver.All.Count;

        foreach (var id in ids)
        {
            var refused = (await TestAsync(id)).Expect(HttpStatusCode.TooManyRequests);
            Assert.Equal(("too_many_webhook_tests", "3"), (refused.ErrorCode, refused.Headers["Retry-After"]));
        }

        (await TestAsync(ids[0], "first")).Expect(HttpStatusCode.OK);
        Assert.Equal(sent, receiver.All.Count);
        clock.Advance(TimeSpan.FromSeconds(3));
        (await TestAsync(ids[0])).Expect(HttpStatusCode.OK);
    }

    private Task<Answer> RegisterAsync(string url) =>
        app.Client.PostAsync(ApiClient.EndpointsPath, A.WebhookEndpoint(receiver.Url).With("webhook_url", url).ToString());

    private Task<Answer> ChangeAsync(string id, string url) => app.Client.PatchAsync(ApiClient.EndpointPath(id), $$"""{"webhook_url":"{{url}}"}""");

    private Task<Answer> RecoverAsync(string id, string? key = null) =>
        app.Client.PostAsync(ApiClient.EndpointPath(id) + "/recover", """{"since":0}""", idempotencyKey: key);

    private Task<Answer> TestAsync(string id, string? key = null) => app.Client.PostAsync(ApiClient.EndpointPath(id) + "/test", "", idempotencyKey: key);

    private async Task<int> CountAsync(string state) =>
        (await StoredRows.OfAsync(app.Connection, "paysgdeliveries", "v:")).Count(row => row.GetString("state") == state);
}
