using System.Net;
using System.Text.Json;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Scenarios;

public sealed class When_a_delivery_is_sent_again : IAsyncLifetime
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
    public async Task Should_send_a_delivered_event_once_more_with_the_same_id_and_body()
    {
        await app.EventAsync();
        var delivered = await app.Client.DeliveryAsync(endpoint, "delivered");

        var resent = (await ResendAsync(delivered, "again")).Expect(HttpStatusCode.Accepted);
        var webhooks = await app.Receiver.WaitForAsync(2);
        (await ResendAsync(delivered, "again")).Expect(HttpStatusCode.Accepted);

        Assert.Equal("delivered", resent["status"]);
        Assert.NotNull(resent["next_attempt_at"]);
        Assert.Equal(webhooks[0].Body, webhooks[1].Body);
        Assert.Equal(webhooks[0].EventId, webhooks[1].EventId);
        await LocalHost.Eventually.TrueAsync(async () => (await app.Client.DeliveryAsync(endpoint, "delivered")).GetProperty("attempts").GetArrayLength() == 2);
        Assert.Empty(await app.DueRowsAsync());
        Assert.Equal(2, app.Receiver.All.Count);
    }

    [Fact]
    public async Task Should_go_on_with_the_schedule_after_an_attempt_that_was_asked_for_besides()
    {
        app.Answer(500);
        await app.EventAsync();
        await app.Receiver.WaitForAsync(1);
        await AttemptsAsync(1);
        // The second attempt, 5 s later by the schedule, is awaited in the queue: from here on the schedule is minutes.
        await app.PassAsync(TimeSpan.FromSeconds(60));
        var pending = await AttemptsAsync(2);
        var next = pending.GetProperty("next_attempt_at").GetString();

        (await ResendAsync(pending)).Expect(HttpStatusCode.Accepted);

        var after = await AttemptsAsync(3);
        Assert.Equal(("pending", next), (after.GetProperty("status").GetString(), after.GetProperty("next_attempt_at").GetString()));
        Assert.Equal(2, Assert.Single(await StoredRows.OfAsync(app.App.Connection, "paysgdeliveries", "v:")).GetInt32("scheduled_count"));
        Assert.Equal(4, Assert.Single(await app.DueRowsAsync()).GetInt32("attempt"));
        app.Answer(200);
        await app.PassAsync(TimeSpan.FromMinutes(7));
        await app.Client.DeliveryAsync(endpoint, "delivered");
        Assert.Empty(await app.DueRowsAsync());
        Assert.Single(app.Receiver.All.Select(webhook => webhook.EventId).Distinct());
    }

    [Fact]
    public async Task Should_start_no_second_chain_however_often_it_is_asked_for()
    {
        app.Answer(500);
        await app.EventAsync();
        var pending = await AttemptsAsync(1);

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => ResendAsync(pending)));

        Assert.All(answers, answer => answer.Expect(HttpStatusCode.Accepted));
        await LocalHost.Eventually.TrueAsync(async () =>
            Assert.Single(await StoredRows.OfAsync(app.App.Connection, "paysgdeliveries", "v:")).GetString("resend_at").Length == 0);
        Assert.Single(await app.DueRowsAsync());
    }

    [Fact]
    public async Task Should_find_deliveries_by_status_and_answer()
    {
        await app.EventAsync();
        await app.Client.DeliveryAsync(endpoint, "delivered");
        app.Receiver.Responds = (_, context) =>
        {
            context.Response.StatusCode = 418;
            return Microsoft.AspNetCore.Http.HttpResponseWritingExtensions.WriteAsync(context.Response, new string('é', 5000));
        };
        await app.EventAsync();
        await LocalHost.Eventually.TrueAsync(() => app.App.Log.Of(3002).Count == 1);

        Assert.Equal(2, (await FindAsync("")).Count);
        Assert.Equal("delivered", Assert.Single(await FindAsync("?status=delivered")).GetProperty("status").GetString());
        var failing = Assert.Single(await FindAsync("?response_status=418&status=pending"));
        Assert.Empty(await FindAsync("?response_status=418&status=delivered"));
        Assert.Empty(await FindAsync("?status=failed"));
        var attempt = Assert.Single(failing.GetProperty("attempts").EnumerateArray());
        Assert.Equal(new string('é', 512), attempt.GetProperty("response_body").GetString());
        Assert.Equal(failing.GetProperty("next_attempt_at").GetString(), attempt.GetProperty("next_attempt_at").GetString());
        Assert.Equal(JsonValueKind.Null, attempt.GetProperty("error").ValueKind);
        Assert.True(attempt.GetProperty("duration_ms").GetInt64() >= 0);
        Assert.Equal(failing.GetRawText(), (await app.Client.GetAsync($"{ApiClient.DeliveriesPath(endpoint)}/{failing.GetProperty("event_id").GetString()}")).Body);
        Assert.Equal(["status"], (await app.Client.GetAsync(ApiClient.DeliveriesPath(endpoint) + "?status=lost")).Expect(HttpStatusCode.BadRequest).ErrorFields);
        Assert.Equal(["response_status"], (await app.Client.GetAsync(ApiClient.DeliveriesPath(endpoint) + "?response_status=5xx")).Expect(HttpStatusCode.BadRequest).ErrorFields);
    }

    private async Task<IReadOnlyList<JsonElement>> FindAsync(string query) =>
        [.. (await app.Client.GetAsync(ApiClient.DeliveriesPath(endpoint) + query)).Expect(HttpStatusCode.OK).Json.GetProperty("data").EnumerateArray()];

    private Task<Answer> ResendAsync(JsonElement delivery, string? idempotencyKey = null) =>
        app.Client.PostAsync($"{ApiClient.DeliveriesPath(endpoint)}/{delivery.GetProperty("event_id").GetString()}/resend", "", idempotencyKey: idempotencyKey);

    private async Task<JsonElement> AttemptsAsync(int count)
    {
        JsonElement delivery = default;
        await LocalHost.Eventually.TrueAsync(async () =>
        {
            var found = await FindAsync("");
            delivery = found.Count > 0 ? Assert.Single(found) : default;
            return found.Count > 0 && delivery.GetProperty("attempt_count").GetInt32() == count;
        });
        return delivery;
    }
}
