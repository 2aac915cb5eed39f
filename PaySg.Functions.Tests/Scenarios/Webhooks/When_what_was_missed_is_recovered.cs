using System.Net;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Scenarios;

public sealed class When_what_was_missed_is_recovered : IAsyncLifetime
{
    private WebhookApp app = null!;
    private string endpoint = "";

    public async Task InitializeAsync()
    {
        app = await WebhookApp.StartAsync();
        endpoint = await app.EndpointAsync("*");
    }

    public async Task DisposeAsync() => await app.DisposeAsync();

    [Fact]
    public async Task Should_send_what_was_skipped_in_the_window_and_nothing_else()
    {
        await app.EventAsync();
        await app.Client.DeliveryAsync(endpoint, "delivered");
        var since = await MissAsync(3);
        app.Clock.Shift += TimeSpan.FromMinutes(1);
        var until = app.Clock.GetUtcNow();
        app.Clock.Shift += TimeSpan.FromMinutes(1);
        await MissAsync(1);
        await app.Client.PatchAsync(ApiClient.EndpointPath(endpoint), """{"enabled":true}""");

        var started = await RecoverAsync($$"""{"since":{{since.ToUnixTimeMilliseconds()}},"until":"{{until:yyyy-MM-dd'T'HH:mm:ss.fffzzz}}"}""", "r");

        Assert.Equal("running", started["status"]);
        var ended = await EndAsync(started["id"]!);
        Assert.Equal(("completed", "3", "3"), (ended["status"], ended["examined"], ended["sent"]));
        Assert.Equal((started["since"], started["until"]), (ended["since"], ended["until"]));
        await app.Receiver.WaitForAsync(4);
        await LocalHost.Eventually.TrueAsync(async () => (await CountAsync("delivered"), await CountAsync("skipped")) == (4, 1));
        Assert.Equal(started.Body, (await RecoverAsync($$"""{"since":{{since.ToUnixTimeMilliseconds()}},"until":"{{until:yyyy-MM-dd'T'HH:mm:ss.fffzzz}}"}""", "r")).Body);
        Assert.Equal(4, app.Receiver.All.Count);
        var all = await EndAsync((await RecoverAsync("""{"since":0}"""))["id"]!);
        Assert.Equal(("5", "1"), (all["examined"], all["sent"]));
        Assert.Empty(await StoredRows.OfAsync(app.App.Connection, "paysgwebhooks", "o:"));
    }

    [Fact]
    public async Task Should_start_each_once_although_the_process_dies_in_the_middle_of_a_batch()
    {
        await MissAsync(8);
        await app.Client.PatchAsync(ApiClient.EndpointPath(endpoint), """{"enabled":true}""");
        var written = 0;
        var death = Death.After(app.App.BackgroundTraffic, request => request.Writes("paysgdeliveries") && Interlocked.Increment(ref written) == 4);
        var started = await RecoverAsync("""{"since":0}""");
        await LocalHost.Eventually.TrueAsync(() => app.App.Log.Of(2006).Count >= 1);
        Assert.True(death.Happened);
        death.Replace();

        await app.PassAsync(TimeSpan.FromSeconds(31));

        var ended = await EndAsync(started["id"]!);
        Assert.Equal(("completed", "8", "8"), (ended["status"], ended["examined"], ended["sent"]));
        await app.PassAsync(TimeSpan.FromMinutes(6));
        await LocalHost.Eventually.TrueAsync(async () => await CountAsync("delivered") == 8);
        Assert.Equal(8, app.Receiver.All.Select(webhook => webhook.EventId).Distinct().Count());
        Assert.Empty(await app.DueRowsAsync());
    }

    [Fact]
    public async Task Should_walk_in_batches_and_stop_when_the_endpoint_is_disabled()
    {
        await MissAsync(60);
        await app.Client.PatchAsync(ApiClient.EndpointPath(endpoint), """{"enabled":true}""");
        var disabled = 0;
        app.App.BackgroundTraffic.LosesAnswerOf = request =>
        {
            // When the first batch is written down, the owner disables the endpoint.
            if (request.Writes("paysgwebhooks") && request.Body.Contains("\"examined\":50", StringComparison.Ordinal) && Interlocked.Increment(ref disabled) == 1)
                app.Client.PatchAsync(ApiClient.EndpointPath(endpoint), """{"enabled":false}""").GetAwaiter().GetResult().Expect(HttpStatusCode.OK);
            return false;
        };

        var ended = await EndAsync((await RecoverAsync("""{"since":0}"""))["id"]!);

        Assert.Equal(("stopped", "50", "50"), (ended["status"], ended["examined"], ended["sent"]));
    }

    [Theory]
    [InlineData("{}", "since")]
    [InlineData("""{"since":"yesterday"}""", "since")]
    [InlineData("""{"since":true}""", "since")]
    [InlineData("""{"since":1768440600001,"until":1768440600000}""", "until")]
    public async Task Should_refuse_a_window_that_is_none(string body, string field) =>
        Assert.Equal([field], (await app.Client.PostAsync(ApiClient.EndpointPath(endpoint) + "/recover", body)).Expect(HttpStatusCode.BadRequest).ErrorFields);

    /// <summary>Lets events happen while the endpoint is disabled; when the first did.</summary>
    private async Task<DateTimeOffset> MissAsync(int count)
    {
        await app.Client.PatchAsync(ApiClient.EndpointPath(endpoint), """{"enabled":false}""");
        var before = await CountAsync("skipped");
        var since = app.Clock.GetUtcNow();
        await Parallel.ForAsync(0, count, async (_, _) => await app.EventAsync());
        await LocalHost.Eventually.TrueAsync(async () => await CountAsync("skipped") == before + count);
        return since;
    }

    private async Task<int> CountAsync(string status) =>
        (await app.Client.GetAsync($"{ApiClient.DeliveriesPath(endpoint)}?limit=100&status={status}")).Expect(HttpStatusCode.OK).Json.GetProperty("data").GetArrayLength();

    private async Task<Answer> RecoverAsync(string body, string? idempotencyKey = null) =>
        (await app.Client.PostAsync(ApiClient.EndpointPath(endpoint) + "/recover", body, idempotencyKey: idempotencyKey)).Expect(HttpStatusCode.Accepted);

    private async Task<Answer> EndAsync(string recoveryId)
    {
        Answer recovery = null!;
        await LocalHost.Eventually.TrueAsync(async () =>
            (recovery = (await app.Client.GetAsync($"{ApiClient.EndpointPath(endpoint)}/recoveries/{recoveryId}")).Expect(HttpStatusCode.OK))["status"] != "running");
        return recovery;
    }
}
