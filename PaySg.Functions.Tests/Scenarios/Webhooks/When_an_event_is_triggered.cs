using System.Net;
using System.Text.Json;
using PaySg.Functions.Operations.SandboxEvents;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Scenarios;

public sealed class When_an_event_is_triggered : IAsyncLifetime
{
    private WebhookReceiver receiver = null!;
    private PaySgApp app = null!;
    private ManagementClient management = null!;

    /// <summary>What each type needs to have made.</summary>
    private static readonly Dictionary<string, string[]> Made = new(StringComparer.Ordinal)
    {
        ["payment.created"] = ["event_id", "payment_id"],
        ["payment.succeeded"] = ["event_id", "payment_id"],
        ["payment.cancelled"] = ["event_id", "payment_id"],
        ["payment.refunded"] = ["event_id", "payment_id", "refund_id"],
        ["payment.refund_failed"] = ["event_id", "payment_id", "refund_id"],
        ["payment.dispute_opened"] = ["event_id", "payment_id"],
        ["payment.dispute_closed"] = ["event_id", "payment_id"],
        ["payment.email_sent"] = ["payment_id"],
        ["webhook.test"] = ["event_id", "webhook_endpoint_id"],
        ["webhook_endpoint.disabled"] = ["event_id", "webhook_endpoint_id"],
    };

    public static TheoryData<string> PaySgTypes => [.. TriggerEvent.Types.Where(type => type != "payment-link-transaction")];

    public async Task InitializeAsync()
    {
        receiver = await WebhookReceiver.StartAsync();
        app = await PaySgApp.StartAsync();
        management = new ManagementClient(app.BaseAddress);
    }

    public async Task DisposeAsync()
    {
        await app.DisposeAsync();
        await receiver.DisposeAsync();
    }

    [Theory]
    [MemberData(nameof(PaySgTypes))]
    public async Task Should_reach_an_endpoint_that_subscribes_to_its_type(string type)
    {
        await app.Client.RegisteredEndpointAsync(A.WebhookEndpoint(receiver.Url).For(type));

        var made = (await TriggerAsync(type)).Expect(HttpStatusCode.OK);
        var webhook = (await receiver.WaitForAsync(1)).Single();

        var told = JsonSerializer.Deserialize<JsonElement>(webhook.Body);
        Assert.Equal(type, told.GetProperty("type").GetString());
        Assert.Equal(Made[type], made.Json.EnumerateObject().Where(member => member.Name != "type" && member.Value.ValueKind != JsonValueKind.Null).Select(member => member.Name));
        Assert.Equal(type, made["type"]);
        if (made["event_id"] is { } eventId)
            Assert.Equal(eventId, told.GetProperty("id").GetString());
        if (made["payment_id"] is { } paymentId)
            Assert.Equal(paymentId, told.GetProperty("data").GetProperty("object").GetProperty("id").GetString());
    }

    [Fact]
    public async Task Should_reach_the_account_of_a_payment_link()
    {
        var account = await management.CreatedAccountAsync(receiver.Url.AbsoluteUri);
        using var merchant = await management.IssuedCredentialAsync(account);
        var link = await merchant.CreatedLinkAsync();

        var made = (await TriggerAsync("payment-link-transaction", $$"""{"reff_no":"{{link.ReffNo()}}"}""")).Expect(HttpStatusCode.OK);
        var webhook = (await receiver.WaitForAsync(1)).Single();

        var data = JsonSerializer.Deserialize<JsonElement>(webhook.Body).GetProperty("data");
        Assert.Equal(made["history_reff_no"], data.GetProperty("transaction").GetProperty("reff_no").GetString());
        var delivery = (await management.GetAsync($"{ManagementClient.AccountPath(account)}/deliveries")).Expect(HttpStatusCode.OK).Json.GetProperty("data")[0];
        Assert.Equal(made["event_id"], delivery.GetProperty("event_id").GetString());
    }

    [Fact]
    public async Task Should_pay_on_a_link_by_a_method_that_it_takes()
    {
        using var merchant = await management.IssuedCredentialAsync(await management.CreatedAccountAsync());
        var link = await merchant.CreatedLinkAsync(A.NewPaymentLink().With("whitelisted_payment_method", new System.Text.Json.Nodes.JsonArray("ALFAMART", "VA_BRI")));

        (await TriggerAsync("payment-link-transaction", $$"""{"reff_no":"{{link.ReffNo()}}"}""")).Expect(HttpStatusCode.OK);

        var history = (await merchant.GetAsync($"/api/v1.0/payment-link-histories/{merchant.Account}")).Data()[0];
        Assert.Equal("paid", history.GetProperty("status").GetString());
    }

    [Fact]
    public async Task Should_leave_what_it_made_as_the_event_says()
    {
        var refunded = (await TriggerAsync("payment.refunded")).Expect(HttpStatusCode.OK);
        var refused = (await TriggerAsync("payment.refund_failed")).Expect(HttpStatusCode.OK);

        Assert.Equal("fully_refunded", (await app.Client.GetPaymentAsync(refunded["payment_id"]!))["latest_status"]);
        Assert.Equal("paid", (await app.Client.GetPaymentAsync(refused["payment_id"]!))["latest_status"]);
        var refund = (await app.Client.GetAsync($"{ApiClient.PaymentsPath}/{refused["payment_id"]}/refunds")).Json.GetProperty("data")[0];
        Assert.Equal((refused["refund_id"], "failed"), (refund.GetProperty("id").GetString(), refund.GetProperty("status").GetString()));
    }

    [Fact]
    public async Task Should_test_the_endpoint_that_is_named_or_the_newest_that_is_enabled()
    {
        var (older, _) = await app.Client.RegisteredEndpointAsync(A.WebhookEndpoint(receiver.Url).For("webhook.test"));
        var (newer, _) = await app.Client.RegisteredEndpointAsync(A.WebhookEndpoint(receiver.Url).For("webhook.test"));
        var (disabled, _) = await app.Client.RegisteredEndpointAsync(A.WebhookEndpoint(receiver.Url).For("webhook.test").With("enabled", false));

        Assert.Equal(newer, (await TriggerAsync("webhook.test")).Expect(HttpStatusCode.OK)["webhook_endpoint_id"]);
        Assert.Equal(older, (await TriggerAsync("webhook.test", $$"""{"webhook_endpoint_id":"{{older}}"}""")).Expect(HttpStatusCode.OK)["webhook_endpoint_id"]);
        Assert.Equal(disabled, (await TriggerAsync("webhook.test", $$"""{"webhook_endpoint_id":"{{disabled}}"}""")).Expect(HttpStatusCode.OK)["webhook_endpoint_id"]);
    }

    [Fact]
    public async Task Should_not_leave_an_endpoint_behind_nor_disable_one_of_the_service()
    {
        var (id, _) = await app.Client.RegisteredEndpointAsync(A.WebhookEndpoint(receiver.Url).For("webhook_endpoint.disabled"));

        (await TriggerAsync("webhook_endpoint.disabled")).Expect(HttpStatusCode.OK);
        await receiver.WaitForAsync(1);

        var endpoint = Assert.Single((await app.Client.GetAsync(ApiClient.EndpointsPath)).Expect(HttpStatusCode.OK).Json.GetProperty("data").EnumerateArray());
        Assert.Equal((id, "enabled"), (endpoint.GetProperty("id").GetString(), endpoint.GetProperty("status").GetString()));
    }

    [Theory]
    [InlineData("payment.succeeded")]
    [InlineData("payment.refunded")]
    [InlineData("payment.email_sent")]
    [InlineData("webhook.test")]
    [InlineData("webhook_endpoint.disabled")]
    public async Task Should_be_done_once_with_an_idempotency_key(string type)
    {
        await app.Client.RegisteredEndpointAsync(A.WebhookEndpoint(receiver.Url).For("payment.created"));

        var first = (await TriggerAsync(type, idempotencyKey: "once")).Expect(HttpStatusCode.OK);
        var again = (await TriggerAsync(type, idempotencyKey: "once")).Expect(HttpStatusCode.OK);
        var parallel = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => TriggerAsync(type, idempotencyKey: "at once")));
        var other = (await TriggerAsync("payment.created", idempotencyKey: "once")).Expect(HttpStatusCode.OK);

        Assert.Equal((first.Body, "true"), (again.Body, again.Headers["Idempotent-Replayed"]));
        Assert.Single(parallel.Where(answer => answer.Status == HttpStatusCode.OK).Select(answer => answer.Body).Distinct());
        Assert.All(parallel.Where(answer => answer.Status != HttpStatusCode.OK), answer => Assert.Equal("idempotency_key_in_use", answer.ErrorCode));
        Assert.NotEqual(first["payment_id"] ?? "", other["payment_id"]);
        var payments = (await app.Client.GetAsync(ApiClient.PaymentsPath)).Json.GetProperty("data").GetArrayLength();
        Assert.Equal(type.StartsWith("payment", StringComparison.Ordinal) ? 3 : 1, payments);
    }

    [Fact]
    public async Task Should_go_on_where_an_earlier_request_with_the_same_key_ended()
    {
        await using var hooks = await WebhookApp.StartAsync();

        // The first try ends after the payment was made and charged: the refund does not get through.
        hooks.App.HttpTraffic.BeforeSend = request =>
        {
            if (request.Writes("sandbox") && Uri.UnescapeDataString(request.Body).Contains("refund:", StringComparison.Ordinal))
                throw new Azure.RequestFailedException("The connection is lost.");
        };
        var first = await RefundedAsync();
        var soon = await RefundedAsync();
        hooks.App.HttpTraffic.BeforeSend = static _ => { };
        await hooks.PassAsync(TimeSpan.FromMinutes(1));

        Assert.Equal("refund_in_doubt", first.Expect(HttpStatusCode.ServiceUnavailable).ErrorCode);
        Assert.Equal("idempotency_key_in_use", soon.Expect(HttpStatusCode.Conflict).ErrorCode);
        await LocalHost.Eventually.TrueAsync(async () => (await RefundedAsync()).Status == HttpStatusCode.OK);
        var payment = Assert.Single((await hooks.Client.GetAsync(ApiClient.PaymentsPath)).Json.GetProperty("data").EnumerateArray());
        Assert.Equal("fully_refunded", payment.GetProperty("latest_status").GetString());

        Task<Answer> RefundedAsync() => hooks.Client.PostAsync("/sandbox/events/payment.refunded", "", idempotencyKey: "once");
    }

    [Fact]
    public async Task Should_say_that_it_is_not_known_whether_the_payer_was_charged()
    {
        app.HttpTraffic.BeforeSend = static request =>
        {
            if (request.Writes("sandbox"))
                throw new Azure.RequestFailedException("The connection is lost.");
        };

        var answer = await TriggerAsync("payment.succeeded");

        app.HttpTraffic.BeforeSend = static _ => { };
        Assert.Equal("charge_in_doubt", answer.Expect(HttpStatusCode.ServiceUnavailable).ErrorCode);
    }

    [Theory]
    [InlineData("payment.exploded")]
    [InlineData("PAYMENT.CREATED")]
    [InlineData("*")]
    public async Task Should_name_the_types_that_there_are_where_there_is_no_such(string type)
    {
        var answer = (await TriggerAsync(type)).Expect(HttpStatusCode.BadRequest);

        Assert.Equal(["type"], answer.ErrorFields);
        Assert.All(TriggerEvent.Types, known => Assert.Contains(known, answer.Body, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("payment-link-transaction", "{}", "reff_no")]
    [InlineData("payment-link-transaction", """{"reff_no":1}""", "reff_no")]
    [InlineData("payment.created", """{"payer_email":"nobody"}""", "payer_email")]
    [InlineData("webhook.test", """{"webhook_endpoint_id":[]}""", "webhook_endpoint_id")]
    public async Task Should_refuse_a_bad_body(string type, string body, string field) =>
        Assert.Equal([field], (await TriggerAsync(type, body)).Expect(HttpStatusCode.BadRequest).ErrorFields);

    [Fact]
    public async Task Should_say_why_it_could_not_be_made()
    {
        using var merchant = await management.IssuedCredentialAsync(await management.CreatedAccountAsync());
        var link = await merchant.CreatedLinkAsync(A.NewPaymentLink().With("max_usage", 1));
        var body = $$"""{"reff_no":"{{link.ReffNo()}}"}""";
        (await TriggerAsync("payment-link-transaction", body)).Expect(HttpStatusCode.OK);

        var usedUp = (await TriggerAsync("payment-link-transaction", body, "keyed")).Expect(HttpStatusCode.PaymentRequired);
        var again = (await TriggerAsync("payment-link-transaction", body, "keyed")).Expect(HttpStatusCode.PaymentRequired);

        Assert.Equal("event_not_triggered", usedUp.ErrorCode);
        Assert.Contains("payment_link_used_up", usedUp.Body, StringComparison.Ordinal);
        Assert.Equal(usedUp.Body, again.Body);
    }

    [Fact]
    public async Task Should_be_for_administrators_of_a_payment_service_alone()
    {
        Assert.Equal("invalid_api_key", (await TriggerAsync("payment.created", apiKey: null)).Expect(HttpStatusCode.Unauthorized).ErrorCode);
        Assert.Equal("insufficient_permissions", (await TriggerAsync("payment.created", apiKey: ApiClient.ViewOnlyApiKey)).Expect(HttpStatusCode.Forbidden).ErrorCode);
        Assert.Empty((await app.Client.GetAsync(ApiClient.PaymentsPath)).Json.GetProperty("data").EnumerateArray());
    }

    private Task<Answer> TriggerAsync(string type, string body = "", string? idempotencyKey = null, string? apiKey = ApiClient.ApiKey) =>
        app.Client.PostAsync($"/sandbox/events/{type}", body, apiKey, idempotencyKey);
}
