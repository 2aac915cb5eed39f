using System.Net;
using System.Text.Json;
using Azure.Data.Tables;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Scenarios;

public sealed class When_webhook_endpoints_are_managed : IAsyncLifetime
{
    private WebhookApp app = null!;

    public async Task InitializeAsync() => app = await WebhookApp.StartAsync();

    public async Task DisposeAsync() => await app.DisposeAsync();

    [Fact]
    public async Task Should_list_them_newest_first_page_by_page()
    {
        var ids = new List<string>();
        for (var i = 0; i < 5; i++)
            ids.Insert(0, (await app.Client.RegisteredEndpointAsync(A.WebhookEndpoint(new Uri(app.Receiver.Url, $"?{i}")))).Id);
        ids.Sort(StringComparer.Ordinal);
        ids.Reverse();

        var seen = new List<string>();
        for (string? cursor = null; ;)
        {
            var page = (await app.Client.GetAsync($"{ApiClient.EndpointsPath}?limit=2{(cursor is null ? "" : $"&after={cursor}")}")).Expect(HttpStatusCode.OK).Json;
            seen.AddRange(page.GetProperty("data").EnumerateArray().Select(endpoint => endpoint.GetProperty("id").GetString()!));
            var info = page.GetProperty("page_info");
            Assert.Equal(cursor is not null, info.GetProperty("has_previous_page").GetBoolean());
            cursor = info.GetProperty("end_cursor").GetString();
            if (!info.GetProperty("has_next_page").GetBoolean())
                break;
        }

        Assert.Equal(ids, seen);
        Assert.Equal(["limit"], (await app.Client.GetAsync($"{ApiClient.EndpointsPath}?limit=101")).Expect(HttpStatusCode.BadRequest).ErrorFields);
        Assert.Equal(["after"], (await app.Client.GetAsync($"{ApiClient.EndpointsPath}?after=x")).Expect(HttpStatusCode.BadRequest).ErrorFields);
    }

    [Fact]
    public async Task Should_change_what_is_named_and_nothing_else()
    {
        var id = await app.EndpointAsync("payment.created");
        var path = ApiClient.EndpointPath(id);

        var changed = (await app.Client.PatchAsync(path, """{"description":"ours","subscribed_events":["*"],"enabled":false}""")).Expect(HttpStatusCode.OK);

        Assert.Equal(("ours", "disabled", "requested"), (changed["description"], changed["status"], changed["disabled_reason"]));
        Assert.Equal(app.Receiver.Url.AbsoluteUri, changed["webhook_url"]);
        Assert.False(changed.Json.TryGetProperty("secret", out _));
        Assert.Equal(changed.Body, (await app.ReadAsync(id)).Body);
        var again = (await app.Client.PatchAsync(path, """{"description":"","enabled":true,"webhook_url":null,"unknown":1}""")).Expect(HttpStatusCode.OK);
        Assert.Equal((null, "enabled", null), (again["description"], again["status"], again["disabled_reason"]));
        Assert.Equal("[\"*\"]", again.Json.GetProperty("subscribed_events").GetRawText());
        Assert.Equal(["subscribed_events", "enabled"], (await app.Client.PatchAsync(path, """{"subscribed_events":["payment.lost"],"enabled":"yes"}""")).Expect(HttpStatusCode.BadRequest).ErrorFields);
    }

    [Fact]
    public async Task Should_take_each_keyed_change_once_and_never_show_a_secret_twice()
    {
        var body = A.WebhookEndpoint(app.Receiver.Url).ToString();
        var created = (await app.Client.PostAsync(ApiClient.EndpointsPath, body, idempotencyKey: "create")).Expect(HttpStatusCode.Created);
        var replayed = (await app.Client.PostAsync(ApiClient.EndpointsPath, body, idempotencyKey: "create")).Expect(HttpStatusCode.Created);
        Assert.NotNull(created["secret"]);
        Assert.Null(replayed["secret"]);
        Assert.Equal(created["id"], replayed["id"]);
        var path = ApiClient.EndpointPath(created["id"]!);

        var rotated = (await app.Client.PostAsync(path + "/rotate-secret", "", idempotencyKey: "rotate")).Expect(HttpStatusCode.OK);
        var rotatedAgain = (await app.Client.PostAsync(path + "/rotate-secret", "", idempotencyKey: "rotate")).Expect(HttpStatusCode.OK);
        Assert.NotEqual(created["secret"], rotated["secret"]);
        Assert.Null(rotatedAgain["secret"]);
        Assert.Equal(rotated["updated_at"], rotatedAgain["updated_at"]);
        (await app.Client.PostAsync(path + "/rotate-secret", """{"expires_in_seconds":5}""", idempotencyKey: "rotate")).Expect(HttpStatusCode.Conflict);

        var changed = (await app.Client.PatchAsync(path, """{"description":"x"}""", idempotencyKey: "patch")).Expect(HttpStatusCode.OK);
        await app.Client.PatchAsync(path, """{"description":"y"}""");
        Assert.Equal(changed.Body, (await app.Client.PatchAsync(path, """{"description":"x"}""", idempotencyKey: "patch")).Body);
        Assert.Equal("y", (await app.ReadAsync(created["id"]!))["description"]);

        var tested = (await app.Client.PostAsync(path + "/test", "", idempotencyKey: "test")).Expect(HttpStatusCode.OK);
        Assert.Equal(tested.Body, (await app.Client.PostAsync(path + "/test", "", idempotencyKey: "test")).Body);
        Assert.Single(app.Receiver.All);

        (await app.Client.DeleteAsync(path, idempotencyKey: "delete")).Expect(HttpStatusCode.NoContent);
        var deleted = (await app.Client.DeleteAsync(path, idempotencyKey: "delete")).Expect(HttpStatusCode.NoContent);
        Assert.Equal(("", "true"), (deleted.Body, deleted.Headers["Idempotent-Replayed"]));
        Assert.Equal("webhook_endpoint_not_found", (await app.Client.DeleteAsync(path)).Expect(HttpStatusCode.NotFound).ErrorCode);
    }

    [Fact]
    public async Task Should_take_a_hundred_and_no_more_although_many_ask_at_once()
    {
        await app.EndpointAsync("*");
        var kept = await app.EndpointAsync("*");
        // 95 more, without asking 95 times.
        await app.Tables.Webhooks.UpsertEntityAsync(new TableEntity(ApiClient.ServiceId, "n:endpoints") { ["count"] = 97 });
        string Body(int i) => A.WebhookEndpoint(new Uri(app.Receiver.Url, $"?{i}")).ToString();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => app.Client.PostAsync(ApiClient.EndpointsPath, Body(i), idempotencyKey: $"k{i}")));

        Assert.Equal(3, answers.Count(answer => answer.Status == HttpStatusCode.Created));
        Assert.All(answers.Where(answer => answer.Status != HttpStatusCode.Created), answer =>
            Assert.Equal("too_many_webhook_endpoints", answer.Expect(HttpStatusCode.PaymentRequired).ErrorCode));
        (await app.Client.DeleteAsync(ApiClient.EndpointPath(kept))).Expect(HttpStatusCode.NoContent);
        (await app.Client.PostAsync(ApiClient.EndpointsPath, Body(8))).Expect(HttpStatusCode.Created);
        (await app.Client.PostAsync(ApiClient.EndpointsPath, Body(9))).Expect(HttpStatusCode.PaymentRequired);
    }

    [Fact]
    public async Task Should_refuse_changes_at_once_to_nobody_and_lose_none()
    {
        var id = await app.EndpointAsync("*");

        var answers = await Task.WhenAll(
            app.Client.PatchAsync(ApiClient.EndpointPath(id), """{"description":"mine"}"""),
            app.Client.PatchAsync(ApiClient.EndpointPath(id), """{"subscribed_events":["payment.refunded"]}"""),
            app.Client.PostAsync(ApiClient.EndpointPath(id) + "/rotate-secret", """{"expires_in_seconds":0}"""));

        Assert.All(answers, answer => answer.Expect(HttpStatusCode.OK));
        var endpoint = await app.ReadAsync(id);
        Assert.Equal(("mine", "[\"payment.refunded\"]"), (endpoint["description"], endpoint.Json.GetProperty("subscribed_events").GetRawText()));
        Assert.Null(endpoint["previous_secret_expires_at"]);
    }

    [Fact]
    public async Task Should_end_what_is_still_to_be_delivered_when_it_is_deleted()
    {
        app.Answer(500);
        var deleted = await app.EndpointAsync("*");
        var kept = await app.EndpointAsync("*");
        await app.EventAsync();
        await app.Receiver.WaitForAsync(2);
        await LocalHost.Eventually.TrueAsync(() => app.App.Log.Of(3002).Count == 2);

        (await app.Client.DeleteAsync(ApiClient.EndpointPath(deleted))).Expect(HttpStatusCode.NoContent);

        await LocalHost.Eventually.TrueAsync(async () => (await app.DueRowsAsync()).All(row => row.PartitionKey == kept));
        var delivery = Assert.Single(await StoredRows.OfAsync(app.App.Connection, "paysgdeliveries", "v:"), row => row.PartitionKey == deleted);
        Assert.Equal(("Failed", "endpoint deleted"), (delivery.GetString("state"), delivery.GetString("reason")));
        Assert.Equal("pending", (await app.Client.DeliveryAsync(kept, "pending")).GetProperty("status").GetString());
        Assert.NotEmpty(await StoredRows.OfAsync(app.App.Connection, "paysgwebhooks", "o:"));
        await app.PassAsync(TimeSpan.FromMinutes(16));
        await LocalHost.Eventually.TrueAsync(async () => (await StoredRows.OfAsync(app.App.Connection, "paysgwebhooks", "o:")).Count == 0);
    }

    [Theory]
    [InlineData("ftp://8.8.8.8/hook")]
    [InlineData("http://8.8.8.8/hook")]
    [InlineData("/hook")]
    [InlineData("eservice.agency.gov.sg")]
    [InlineData("https://user:secret@8.8.8.8/hook")]
    [InlineData("https://8.8.8.8/hook#part")]
    [InlineData("https://10.0.0.1/hook")]
    [InlineData("https://0xA9FEA9FE/hook")]
    [InlineData("https://[::ffff:169.254.169.254]/hook")]
    [InlineData("https://１０.0.0.1/hook")]
    [InlineData("https://bücher.invalid/hook")]
    public async Task Should_refuse_a_url_that_webhooks_may_not_go_to(string url)
    {
        var endpoint = A.WebhookEndpoint(app.Receiver.Url).With("webhook_url", url).ToString();

        Assert.Equal(["webhook_url"], (await app.Client.PostAsync(ApiClient.EndpointsPath, endpoint)).Expect(HttpStatusCode.BadRequest).ErrorFields);
    }

    [Fact]
    public async Task Should_measure_urls_and_take_international_names_in_ASCII()
    {
        string Url(int length) => "https://8.8.8.8/".PadRight(length, 'x');
        var request = A.WebhookEndpoint(app.Receiver.Url);
        (await app.Client.PostAsync(ApiClient.EndpointsPath, request.With("webhook_url", Url(2048)).ToString())).Expect(HttpStatusCode.Created);
        Assert.Equal(["webhook_url"], (await app.Client.PostAsync(ApiClient.EndpointsPath, request.With("webhook_url", Url(2049)).ToString())).Expect(HttpStatusCode.BadRequest).ErrorFields);
        (await app.Client.PostAsync(ApiClient.EndpointsPath, request.With("webhook_url", "https://xn--bcher-kva.invalid/hook").ToString())).Expect(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Should_belong_to_administrators_of_their_own_payment_service()
    {
        var id = await app.EndpointAsync("*");
        foreach (var path in (string[])["", "/deliveries", "/deliveries/evt_1", "/recoveries/rec_1"])
            (await app.Client.GetAsync(ApiClient.EndpointPath(id) + path, ApiClient.ViewOnlyApiKey)).Expect(HttpStatusCode.Forbidden);
        foreach (var path in (string[])["/rotate-secret", "/test", "/recover", "/deliveries/evt_1/resend"])
            (await app.Client.PostAsync(ApiClient.EndpointPath(id) + path, "{}", ApiClient.ViewOnlyApiKey)).Expect(HttpStatusCode.Forbidden);
        (await app.Client.GetAsync(ApiClient.EventsPath, ApiClient.ViewOnlyApiKey)).Expect(HttpStatusCode.Forbidden);
        (await app.Client.DeleteAsync(ApiClient.EndpointPath(id), ApiClient.ViewOnlyApiKey)).Expect(HttpStatusCode.Forbidden);

        const string nobody = "we_01890a5d-ac96-774b-bcce-b302099a8057";
        foreach (var path in (string[])["", "/deliveries", "/deliveries/evt_01890a5d-ac96-774b-bcce-b302099a8057", "/recoveries/rec_01890a5d-ac96-774b-bcce-b302099a8057"])
            (await app.Client.GetAsync(ApiClient.EndpointPath(nobody) + path)).Expect(HttpStatusCode.NotFound);
        foreach (var path in (string[])["/rotate-secret", "/test", "/deliveries/evt_01890a5d-ac96-774b-bcce-b302099a8057/resend"])
            (await app.Client.PostAsync(ApiClient.EndpointPath(nobody) + path, "{}")).Expect(HttpStatusCode.NotFound);
        Assert.Equal("webhook_delivery_not_found", (await app.Client.GetAsync(ApiClient.DeliveriesPath(id) + "/we_x")).Expect(HttpStatusCode.NotFound).ErrorCode);
        Assert.Equal(JsonValueKind.Null, (await app.ReadAsync(id)).Json.GetProperty("failing_since").ValueKind);
    }
}
