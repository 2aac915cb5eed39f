using System.Net;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Scenarios;

public sealed class When_a_payer_pays
{
    [Fact]
    public async Task Should_mark_the_payment_paid_and_tell_the_e_service_by_a_signed_webhook()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var app = await PaySgApp.StartAsync();
        await app.Client.RegisteredEndpointAsync(A.WebhookEndpoint(receiver.Url).For("payment.succeeded"));
        var id = await app.Client.CreatedPaymentAsync(A.Payment().ReturningTo("https://eservice.example.gov.sg/done?case=7"));

        var paid = (await app.Client.PayAsync(id)).Expect(HttpStatusCode.OK);

        Assert.Equal("paid", paid["payment_status"]);
        Assert.Equal(
            $"https://eservice.example.gov.sg/done?case=7&paysg_payment_id={id}&paysg_payment_service_id={ApiClient.ServiceId}",
            paid.Headers["paysg-redirect-to"]);
        Assert.Equal(paid.Body, (await app.Client.GetPaymentAsync(id)).Expect(HttpStatusCode.OK).Body);
        var webhook = Assert.Single(await receiver.WaitForAsync(1));
        Assert.Equal("payment.succeeded", webhook.Type);
        Assert.Equal(paid.Body, webhook.Json.GetProperty("data").GetProperty("object").GetRawText());
        Assert.Equal(2, webhook.Json.GetProperty("sequence").GetInt32());
    }

    [Fact]
    public async Task Should_leave_a_declined_payment_unpaid_and_payable()
    {
        await using var app = await PaySgApp.StartAsync();
        var id = await app.Client.CreatedPaymentAsync();

        Assert.Equal("unpaid", (await app.Client.PayAsync(id, "declined")).Expect(HttpStatusCode.OK)["payment_status"]);
        Assert.Equal("unpaid", (await app.Client.PayAsync(id, "pending")).Expect(HttpStatusCode.OK)["payment_status"]);
        Assert.Equal("paid", (await app.Client.PayAsync(id)).Expect(HttpStatusCode.OK)["payment_status"]);
    }

    [Fact]
    public async Task Should_refuse_to_take_the_money_twice()
    {
        await using var app = await PaySgApp.StartAsync();
        var id = await app.Client.CreatedPaymentAsync();
        (await app.Client.PayAsync(id)).Expect(HttpStatusCode.OK);

        Assert.Equal("payment_already_paid", (await app.Client.PayAsync(id)).Expect(HttpStatusCode.PaymentRequired).ErrorCode);
    }

    [Fact]
    public async Task Should_answer_the_same_keyed_request_the_same()
    {
        await using var app = await PaySgApp.StartAsync();
        var id = await app.Client.CreatedPaymentAsync();
        var paid = (await PayAsync(app, id, "pay-1")).Expect(HttpStatusCode.OK);

        Assert.Equal(paid.Body, (await PayAsync(app, id, "pay-1")).Expect(HttpStatusCode.OK).Body);
        var refused = (await PayAsync(app, id, "pay-2")).Expect(HttpStatusCode.PaymentRequired);
        Assert.Equal(refused.Body, (await PayAsync(app, id, "pay-2")).Body);
        Assert.Equal("idempotency_key_mismatch", (await PayAsync(app, id, "pay-1", "declined")).Expect(HttpStatusCode.Conflict).ErrorCode);
    }

    private static Task<Answer> PayAsync(PaySgApp app, string id, string key, string outcome = "succeeded") =>
        app.Client.PostAsync($"/sandbox/payments/{id}", $$"""{"outcome":"{{outcome}}"}""", apiKey: null, idempotencyKey: key);
}
