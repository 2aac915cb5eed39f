using System.Net;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Scenarios;

public sealed class When_a_payment_is_cancelled
{
    [Fact]
    public async Task Should_be_dead_for_the_payer_and_told_by_an_event()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var app = await PaySgApp.StartAsync();
        await app.Client.RegisteredEndpointAsync(A.WebhookEndpoint(receiver.Url).For("payment.cancelled"));
        var id = await app.Client.CreatedPaymentAsync();
        app.HttpTraffic.Forget();

        var cancelled = (await app.Client.CancelAsync(id)).Expect(HttpStatusCode.OK);

        Assert.Equal(2, app.HttpTraffic.TableRequests.Count);
        Assert.Equal("cancelled", cancelled["payment_status"]);
        Assert.Equal("cancelled", cancelled["latest_status"]);
        Assert.NotNull(cancelled["payment_cancelled_timestamp"]);
        Assert.Equal("payment_cancelled", (await app.Client.PayAsync(id)).Expect(HttpStatusCode.PaymentRequired).ErrorCode);
        var webhook = Assert.Single(await receiver.WaitForAsync(1));
        Assert.Equal(cancelled.Body, webhook.Json.GetProperty("data").GetProperty("object").GetRawText());
        Assert.Equal(2, webhook.Json.GetProperty("sequence").GetInt32());
    }

    [Fact]
    public async Task Should_replay_the_answer_for_the_same_key_in_three_round_trips_and_two()
    {
        await using var app = await PaySgApp.StartAsync();
        var id = await app.Client.CreatedPaymentAsync();
        app.HttpTraffic.Forget();

        var first = (await app.Client.CancelAsync(id, "cancel-1")).Expect(HttpStatusCode.OK);
        Assert.Equal(3, app.HttpTraffic.TableRequests.Count);
        var replay = (await app.Client.CancelAsync(id, "cancel-1")).Expect(HttpStatusCode.OK);

        Assert.Equal(first.Body, replay.Body);
        Assert.Equal("true", replay.Headers["Idempotent-Replayed"]);
        Assert.Equal(5, app.HttpTraffic.TableRequests.Count);
    }

    [Fact]
    public async Task Should_refuse_what_is_not_unpaid_and_replay_the_refusal_too()
    {
        await using var app = await PaySgApp.StartAsync();
        var id = await app.Client.CreatedPaymentAsync();
        await app.Client.PayAsync(id);

        var refused = (await app.Client.CancelAsync(id, "cancel-paid")).Expect(HttpStatusCode.PaymentRequired);
        var replay = (await app.Client.CancelAsync(id, "cancel-paid")).Expect(HttpStatusCode.PaymentRequired);

        Assert.Equal("payment_not_cancellable", refused.ErrorCode);
        Assert.Equal(refused.Body, replay.Body);
        Assert.NotEqual(refused.Headers["x-request-id"], replay.Headers["x-request-id"]);
        Assert.Equal("payment_not_cancellable", (await app.Client.CancelAsync(id)).Expect(HttpStatusCode.PaymentRequired).ErrorCode);
        (await app.Client.CancelAsync("P7-9Azsdgw6dOjwtBuPgN")).Expect(HttpStatusCode.NotFound);
        (await app.Client.PostAsync($"{ApiClient.PaymentsPath}/{id}/cancel", "", ApiClient.ViewOnlyApiKey)).Expect(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Should_withdraw_a_pending_attempt_at_the_gateway_first()
    {
        await using var app = await PaySgApp.StartAsync();
        var id = await app.Client.CreatedPaymentAsync();
        await app.Client.PayAsync(id, "pending");

        (await app.Client.CancelAsync(id)).Expect(HttpStatusCode.OK);

        Assert.Single(await StoredRows.OfAsync(app.Connection, "paysgsandbox", "end:"), row => row.GetString("state") == "Voided");
        Assert.Empty(await StoredRows.OfAsync(app.Connection, "paysgsandbox", "charge"));
    }

    [Fact]
    public async Task Should_wait_with_cancelling_and_with_another_attempt_until_the_gateway_knows_what_became_of_the_last()
    {
        var gateway = new ScriptedGateway { IsStillAtWork = true };
        await using var app = await PaySgApp.StartAsync(services: gateway.Register);
        var id = await app.Client.CreatedPaymentAsync();
        await app.Client.PayAsync(id, "pending");

        Assert.Equal("payment_processing", (await app.Client.CancelAsync(id)).Expect(HttpStatusCode.PaymentRequired).ErrorCode);
        Assert.Equal("payment_processing", (await app.Client.PayAsync(id)).Expect(HttpStatusCode.PaymentRequired).ErrorCode);
        Assert.Equal("unpaid", (await app.Client.GetPaymentAsync(id))["payment_status"]);
        Assert.Empty(await StoredRows.OfAsync(app.Connection, "paysgsandbox", "end:"));

        gateway.IsStillAtWork = false;
        (await app.Client.CancelAsync(id)).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Should_let_exactly_one_of_cancel_and_payment_win()
    {
        await using var app = await PaySgApp.StartAsync();
        for (var round = 0; round < 8; round++)
        {
            var id = await app.Client.CreatedPaymentAsync();

            var answers = await Task.WhenAll(app.Client.PayAsync(id), app.Client.CancelAsync(id), app.Client.PayAsync(id));

            var status = (await app.Client.GetPaymentAsync(id))["payment_status"];
            Assert.Equal(status == "cancelled" ? HttpStatusCode.OK : HttpStatusCode.PaymentRequired, answers[1].Status);
            Assert.Equal(status == "paid" ? 1 : 0, new[] { answers[0], answers[2] }.Count(answer => answer.Status == HttpStatusCode.OK));
            var charges = (await StoredRows.OfAsync(app.Connection, "paysgsandbox", "charge")).Count(row => row.PartitionKey == id);
            Assert.Equal(status == "paid" ? 1 : 0, charges);
        }
    }
}
