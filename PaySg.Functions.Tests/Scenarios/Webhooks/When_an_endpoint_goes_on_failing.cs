using System.Net;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Scenarios;

public sealed class When_an_endpoint_goes_on_failing : IAsyncLifetime
{
    private WebhookApp app = null!;

    public async Task InitializeAsync() => app = await WebhookApp.StartAsync();

    public async Task DisposeAsync() => await app.DisposeAsync();

    [Fact]
    public async Task Should_say_since_when_until_a_delivery_succeeds_and_write_it_once()
    {
        app.Answer(500);
        var id = await app.EndpointAsync("*");
        await FailAsync(1);
        var since = await EventuallyAsync(id, "failing_since", value => value is not null);
        app.App.BackgroundTraffic.Forget();
        await FailAsync(2);
        await LocalHost.Eventually.TrueAsync(() => app.App.BackgroundTraffic.Requests.Any(request => request.IsQueue));
        Assert.DoesNotContain(app.App.BackgroundTraffic.Requests, request => request.Writes("paysgwebhooks"));
        Assert.Equal(since, (await app.ReadAsync(id))["failing_since"]);

        app.Answer(200);
        await app.EventAsync();

        await EventuallyAsync(id, "failing_since", value => value is null);
        Assert.Equal("enabled", (await app.ReadAsync(id))["status"]);
    }

    [Fact]
    public async Task Should_be_disabled_by_the_first_failure_after_five_days_and_the_others_told()
    {
        await using var others = await WebhookReceiver.StartAsync();
        var (other, _) = await app.Client.RegisteredEndpointAsync(A.WebhookEndpoint(others.Url).For("webhook_endpoint.disabled"));
        app.Answer(500);
        var id = await app.EndpointAsync("*");
        await FailAsync(1);
        await EventuallyAsync(id, "failing_since", value => value is not null);

        app.Clock.Shift += TimeSpan.FromDays(5);
        await app.EventAsync();

        await EventuallyAsync(id, "disabled_reason", value => value == "failing");
        var told = (await others.WaitForAsync(1))[0];
        Assert.Equal("webhook_endpoint.disabled", told.Type);
        Assert.Equal(System.Text.Json.JsonValueKind.Null, told.Json.GetProperty("sequence").ValueKind);
        var shown = told.Json.GetProperty("data").GetProperty("object");
        Assert.Equal((id, "disabled", "failing"), (shown.GetProperty("id").GetString(), shown.GetProperty("status").GetString(), shown.GetProperty("disabled_reason").GetString()));
        Assert.False(shown.TryGetProperty("secret", out _));
        Assert.Equal("enabled", (await app.ReadAsync(other))["status"]);
        Assert.DoesNotContain((await app.Client.GetAsync(ApiClient.DeliveriesPath(id))).Json.GetProperty("data").EnumerateArray(), delivery =>
            delivery.GetProperty("event_id").GetString() == told.EventId);
        Assert.Equal(told.Body, System.Text.Encoding.UTF8.GetBytes((await app.Client.GetAsync($"{ApiClient.EventsPath}/{told.EventId}")).Body));
        Assert.Single(app.App.Log.Of(3006));
    }

    [Fact]
    public async Task Should_tell_the_others_although_the_process_died_after_disabling_it()
    {
        await using var others = await WebhookReceiver.StartAsync();
        await app.Client.RegisteredEndpointAsync(A.WebhookEndpoint(others.Url).For("webhook_endpoint.disabled"));
        app.Answer(410);
        var id = await app.EndpointAsync("payment.created");
        var death = Death.After(app.App.BackgroundTraffic, request => request.Writes("paysgwebhooks"));
        await app.EventAsync();
        await EventuallyAsync(id, "disabled_reason", value => value == "gone");
        await LocalHost.Eventually.TrueAsync(() => death.Happened);
        death.Replace();

        await app.PassAsync(TimeSpan.FromSeconds(31));

        Assert.Equal("webhook_endpoint.disabled", (await others.WaitForAsync(1))[0].Type);
    }

    [Fact]
    public async Task Should_be_disabled_by_410_at_once_and_skip_what_comes_until_it_is_enabled()
    {
        app.Answer(410);
        var id = await app.EndpointAsync("*");
        await FailAsync(1);
        await EventuallyAsync(id, "disabled_reason", value => value == "gone");
        app.Answer(200);

        await app.EventAsync();
        await LocalHost.Eventually.TrueAsync(async () => (await StatusesAsync(id)).Count == 2);
        Assert.Equal("skipped", (await StatusesAsync(id))[0]);
        // The retry of the first one finds the endpoint disabled.
        await app.PassAsync(TimeSpan.FromSeconds(60));
        await LocalHost.Eventually.TrueAsync(async () => (await StatusesAsync(id)).All(status => status == "skipped"));
        Assert.Empty(await app.DueRowsAsync());
        var skipped = (await app.Client.GetAsync(ApiClient.DeliveriesPath(id))).Json.GetProperty("data")[0];
        Assert.Equal("endpoint disabled", skipped.GetProperty("reason").GetString());
        var resend = $"{ApiClient.DeliveriesPath(id)}/{skipped.GetProperty("event_id").GetString()}/resend";
        Assert.Equal("webhook_endpoint_disabled", (await app.Client.PostAsync(resend, "")).Expect(HttpStatusCode.PaymentRequired).ErrorCode);
        Assert.Equal("webhook_endpoint_disabled", (await app.Client.PostAsync(ApiClient.EndpointPath(id) + "/recover", """{"since":0}""")).Expect(HttpStatusCode.PaymentRequired).ErrorCode);

        var enabled = (await app.Client.PatchAsync(ApiClient.EndpointPath(id), """{"enabled":true}""")).Expect(HttpStatusCode.OK);

        Assert.Equal((null, null), (enabled["disabled_reason"], enabled["failing_since"]));
        (await app.Client.PostAsync(resend, "")).Expect(HttpStatusCode.Accepted);
        await LocalHost.Eventually.TrueAsync(async () => (await StatusesAsync(id))[0] == "delivered");
    }

    private async Task FailAsync(int count)
    {
        await app.EventAsync();
        await LocalHost.Eventually.TrueAsync(() => app.App.Log.Of(3002).Count >= count);
    }

    private async Task<string?> EventuallyAsync(string id, string field, Func<string?, bool> isAsExpected)
    {
        string? value = null;
        await LocalHost.Eventually.TrueAsync(async () => isAsExpected(value = (await app.ReadAsync(id))[field]));
        return value;
    }

    private async Task<IReadOnlyList<string>> StatusesAsync(string id) =>
        [.. (await app.Client.GetAsync(ApiClient.DeliveriesPath(id))).Json.GetProperty("data").EnumerateArray().Select(delivery => delivery.GetProperty("status").GetString()!)];
}
