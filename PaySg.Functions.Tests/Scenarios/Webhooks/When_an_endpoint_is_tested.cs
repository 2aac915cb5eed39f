using System.Net;
using System.Text.Json;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Scenarios;

public sealed class When_an_endpoint_is_tested : IAsyncLifetime
{
    private WebhookApp app = null!;

    public async Task InitializeAsync() => app = await WebhookApp.StartAsync();

    public async Task DisposeAsync() => await app.DisposeAsync();

    [Fact]
    public async Task Should_send_a_test_to_that_endpoint_alone_and_answer_what_came_of_it()
    {
        await app.EndpointAsync("*");
        var id = await app.EndpointAsync("payment.refunded");

        var delivery = (await app.Client.PostAsync(ApiClient.EndpointPath(id) + "/test", "")).Expect(HttpStatusCode.OK);

        var webhook = Assert.Single(app.Receiver.All);
        Assert.Equal(("webhook.test", delivery["event_id"]), (webhook.Type, webhook.EventId));
        Assert.Equal(JsonValueKind.Null, webhook.Json.GetProperty("sequence").ValueKind);
        Assert.Equal(id, webhook.Json.GetProperty("data").GetProperty("object").GetProperty("webhook_endpoint_id").GetString());
        Assert.Equal(("delivered", id), (delivery["status"], delivery["webhook_endpoint_id"]));
        Assert.Equal(204, Assert.Single(delivery.Json.GetProperty("attempts").EnumerateArray()).GetProperty("response_status").GetInt32());
        Assert.Equal(webhook.Body, System.Text.Encoding.UTF8.GetBytes((await app.Client.GetAsync($"{ApiClient.EventsPath}/{webhook.EventId}")).Expect(HttpStatusCode.OK).Body));
        Assert.Empty(await app.DueRowsAsync());
    }

    [Fact]
    public async Task Should_try_once_and_leave_the_endpoint_as_it_is_even_a_disabled_one()
    {
        app.Answer(410);
        var id = await app.EndpointAsync("*");
        Assert.Equal("failed", (await app.Client.PostAsync(ApiClient.EndpointPath(id) + "/test", "")).Expect(HttpStatusCode.OK)["status"]);
        Assert.Equal(("enabled", null), ((await app.ReadAsync(id))["status"], (await app.ReadAsync(id))["failing_since"]));
        Assert.Empty(await app.DueRowsAsync());

        await app.Client.PatchAsync(ApiClient.EndpointPath(id), """{"enabled":false}""");
        app.Answer(200);
        Assert.Equal("delivered", (await app.Client.PostAsync(ApiClient.EndpointPath(id) + "/test", "")).Expect(HttpStatusCode.OK)["status"]);
        Assert.Equal("disabled", (await app.ReadAsync(id))["status"]);
    }

    [Fact]
    public async Task Should_still_make_the_attempt_when_the_process_died_before_it()
    {
        var id = await app.EndpointAsync("*");
        var death = Death.After(app.App.HttpTraffic, request => request.Writes("paysgdeliveries"));
        await app.Client.PostAsync(ApiClient.EndpointPath(id) + "/test", "", idempotencyKey: "t");
        Assert.True(death.Happened);
        death.Replace();

        await app.PassAsync(TimeSpan.FromSeconds(31));

        var webhook = (await app.Receiver.WaitForAsync(1))[0];
        Assert.Equal(webhook.EventId, (await app.Client.PostAsync(ApiClient.EndpointPath(id) + "/test", "", idempotencyKey: "t")).Expect(HttpStatusCode.OK)["event_id"]);
    }
}
