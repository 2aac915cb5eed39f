using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PaySg.Functions.Payments.Refunds;
using PaySg.Functions.Platform.Outbox;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Scenarios;

public sealed class When_a_payment_is_refunded
{
    [Fact]
    public async Task Should_give_back_a_part_and_then_the_rest_and_tell_both()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var app = await PaySgApp.StartAsync();
        await app.Client.RegisteredEndpointAsync(A.WebhookEndpoint(receiver.Url).For("payment.refunded"));
        var id = await PaidAsync(app, 1130);

        var part = (await app.Client.RefundAsync(id, 130)).Expect(HttpStatusCode.OK);
        Assert.Equal(("paid", "partially_refunded", "partially_refunded"), (part["payment_status"], part["refund_status"], part["latest_status"]));
        Assert.Null(part["payment_fully_refunded_timestamp"]);

        var rest = (await app.Client.RefundAsync(id, 1000)).Expect(HttpStatusCode.OK);
        Assert.Equal(("paid", "fully_refunded", "fully_refunded"), (rest["payment_status"], rest["refund_status"], rest["latest_status"]));
        Assert.NotNull(rest["payment_fully_refunded_timestamp"]);

        Assert.Equal("payment_not_refundable", (await app.Client.RefundAsync(id, 1)).Expect(HttpStatusCode.PaymentRequired).ErrorCode);
        var refunds = (await app.Client.GetAsync($"{ApiClient.PaymentsPath}/{id}/refunds", ApiClient.ViewOnlyApiKey)).Expect(HttpStatusCode.OK).Json.GetProperty("data");
        Assert.Equal([1000, 130], refunds.EnumerateArray().Select(refund => refund.GetProperty("amount_in_cents").GetInt32()));
        Assert.All(refunds.EnumerateArray(), refund => Assert.Equal("succeeded", refund.GetProperty("status").GetString()));
        var sequences = (await receiver.WaitForAsync(2)).Select(webhook => webhook.Json.GetProperty("sequence").GetInt32()).Order();
        Assert.Equal([3, 4], sequences);
    }

    [Fact]
    public async Task Should_take_three_round_trips_and_four_with_a_key_besides_the_gateway()
    {
        await using var app = await PaySgApp.StartAsync();
        var id = await PaidAsync(app, 1000);
        app.HttpTraffic.Forget();

        (await app.Client.RefundAsync(id, 1)).Expect(HttpStatusCode.OK);
        Assert.Equal(3, OwnRequests(app));
        app.HttpTraffic.Forget();
        var first = (await app.Client.RefundAsync(id, 1, "refund-1")).Expect(HttpStatusCode.OK);
        Assert.Equal(4, OwnRequests(app));

        // The same key is the same refund, another key of the same amount is another.
        Assert.Equal(first.Body, (await app.Client.RefundAsync(id, 1, "refund-1")).Body);
        Assert.Equal("idempotency_key_mismatch", (await app.Client.RefundAsync(id, 2, "refund-1")).Expect(HttpStatusCode.Conflict).ErrorCode);
        (await app.Client.RefundAsync(id, 1, "refund-2")).Expect(HttpStatusCode.OK);
        Assert.Equal(3, (await StoredRows.OfAsync(app.Connection, "paysgsandbox", "refund:")).Count);
    }

    [Theory]
    [InlineData("""{"refund_amount_in_cents":1131}""", 402, "refund_amount_exceeded")]
    [InlineData("""{"refund_amount_in_cents":1,"refund_amount_available_in_cents":1000}""", 402, "refund_amount_available_mismatch")]
    [InlineData("""{"refund_amount_in_cents":0}""", 400, "invalid_parameters")]
    [InlineData("""{"refund_amount_in_cents":-5}""", 400, "invalid_parameters")]
    [InlineData("""{"refund_amount_in_cents":1.5}""", 400, "invalid_parameters")]
    [InlineData("""{"refund_amount_in_cents":"1"}""", 400, "invalid_parameters")]
    [InlineData("{}", 400, "invalid_parameters")]
    [InlineData("[]", 400, "invalid_body")]
    public async Task Should_refuse_what_may_not_be_refunded(string body, int status, string code)
    {
        await using var app = await PaySgApp.StartAsync();
        var id = await PaidAsync(app, 1130);

        Assert.Equal(code, (await app.Client.PostAsync($"{ApiClient.PaymentsPath}/{id}/refund", body)).Expect((HttpStatusCode)status).ErrorCode);
        Assert.Empty(await StoredRows.OfAsync(app.Connection, "paysgpayments", "r:"));
    }

    [Fact]
    public async Task Should_refuse_an_unpaid_payment_and_one_that_was_paid_ninety_days_ago()
    {
        var clock = new ShiftedClock();
        await using var app = await PaySgApp.StartAsync(services: (_, services) => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock)));
        var unpaid = await app.Client.CreatedPaymentAsync();
        var id = await PaidAsync(app, 1130);

        Assert.Equal("payment_not_refundable", (await app.Client.RefundAsync(unpaid, 1)).Expect(HttpStatusCode.PaymentRequired).ErrorCode);
        clock.Shift = TimeSpan.FromDays(89.9);
        (await app.Client.RefundAsync(id, 1)).Expect(HttpStatusCode.OK);
        clock.Shift = TimeSpan.FromDays(90.1);
        Assert.Equal("payment_not_refundable", (await app.Client.RefundAsync(id, 1)).Expect(HttpStatusCode.PaymentRequired).ErrorCode);
    }

    [Fact]
    public async Task Should_never_refund_more_than_was_paid_whatever_runs_in_parallel()
    {
        await using var app = await PaySgApp.StartAsync();
        var id = await PaidAsync(app, 1000);

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => app.Client.RefundAsync(id, 300)));

        var refunded = (await StoredRows.OfAsync(app.Connection, "paysgsandbox", "refund:")).Sum(row => row.GetInt64("amount")!.Value);
        Assert.Equal(300 * answers.Count(answer => answer.Status == HttpStatusCode.OK), refunded);
        Assert.InRange(refunded, 300, 900);
        Assert.All(answers.Where(answer => answer.Status != HttpStatusCode.OK), answer => Assert.Contains(
            answer.Expect(HttpStatusCode.PaymentRequired).ErrorCode, (string[])["refund_in_progress", "refund_amount_exceeded"]));
    }

    [Fact]
    public async Task Should_stay_pending_while_the_gateway_is_silent_and_block_the_next_until_the_truth_is_known()
    {
        var gateway = new ScriptedGateway();
        await using var app = await PaySgApp.StartAsync(services: gateway.Register);
        var id = await PaidAsync(app, 1130);
        gateway.Refunds = RefundScript.ThrowAfterTaking;

        Assert.Equal("refund_in_doubt", (await app.Client.RefundAsync(id, 130, "doubt")).Expect(HttpStatusCode.ServiceUnavailable).ErrorCode);
        Assert.Equal("idempotency_key_in_use", (await app.Client.RefundAsync(id, 130, "doubt")).Expect(HttpStatusCode.Conflict).ErrorCode);
        Assert.Equal("refund_in_progress", (await app.Client.RefundAsync(id, 1)).Expect(HttpStatusCode.PaymentRequired).ErrorCode);
        Assert.Equal("not_refunded", (await app.Client.GetPaymentAsync(id))["refund_status"]);

        gateway.Refunds = RefundScript.Take;
        await WorkAsync(app, OutboxKind.Refund, row => app.Services.GetRequiredService<RepairRefund>().RunAsync(row));

        Assert.Equal("partially_refunded", (await app.Client.GetPaymentAsync(id))["refund_status"]);
        var replay = (await app.Client.RefundAsync(id, 130, "doubt")).Expect(HttpStatusCode.OK);
        Assert.Equal("true", replay.Headers["Idempotent-Replayed"]);
        Assert.Equal("partially_refunded", replay["refund_status"]);
        Assert.Single(await StoredRows.OfAsync(app.Connection, "paysgsandbox", "refund:"));
    }

    [Fact]
    public async Task Should_fail_where_the_gateway_refuses_for_good_and_let_another_be_asked_for()
    {
        var gateway = new ScriptedGateway();
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var app = await PaySgApp.StartAsync(services: gateway.Register);
        await app.Client.RegisteredEndpointAsync(A.WebhookEndpoint(receiver.Url).For("payment.refund_failed"));
        var id = await PaidAsync(app, 1130);
        gateway.Refunds = RefundScript.Refuse;

        var refused = (await app.Client.RefundAsync(id, 130, "refused")).Expect(HttpStatusCode.PaymentRequired);

        Assert.Equal("refund_failed", refused.ErrorCode);
        Assert.Equal(refused.Body, (await app.Client.RefundAsync(id, 130, "refused")).Body);
        Assert.Equal("payment.refund_failed", Assert.Single(await receiver.WaitForAsync(1)).Type);
        gateway.Refunds = RefundScript.Take;
        (await app.Client.RefundAsync(id, 1130)).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Should_give_back_at_once_what_was_charged_for_a_payment_that_is_cancelled()
    {
        var gateway = new ScriptedGateway { ChargesVoidedAttempts = true };
        await using var app = await PaySgApp.StartAsync(services: gateway.Register);
        var id = await app.Client.CreatedPaymentAsync();
        gateway.BeforeConfirm = async () => (await app.Client.CancelAsync(id)).Expect(HttpStatusCode.OK);

        Assert.Equal("charged_too_late", (await app.Client.PayAsync(id)).Expect(HttpStatusCode.PaymentRequired).ErrorCode);

        Assert.Single(app.Log.Of(4003));
        await LocalHost.Eventually.TrueAsync(() => gateway.Refunded.Count == 1);
        Assert.Equal("cancelled", (await app.Client.GetPaymentAsync(id))["payment_status"]);
        await LocalHost.Eventually.TrueAsync(async () =>
            !(await StoredRows.OfAsync(app.Connection, "paysgpayments", "o:")).Any(row => row.RowKey.Contains(OutboxKind.LateCharge, StringComparison.Ordinal)));
        Assert.DoesNotContain(await StoredRows.OfAsync(app.Connection, "paysgpayments", "e:"), row => row.GetString("type") == "payment.succeeded");
    }

    [Fact]
    public async Task Should_answer_what_is_stored_where_a_repair_was_faster_and_another_refund_came_after_it()
    {
        var gateway = new ScriptedGateway();
        await using var app = await PaySgApp.StartAsync(services: gateway.Register);
        var id = await PaidAsync(app, 1130);
        gateway.AfterRefund = async _ =>
        {
            gateway.AfterRefund = static _ => Task.CompletedTask;
            await WorkAsync(app, OutboxKind.Refund, row => app.Services.GetRequiredService<RepairRefund>().RunAsync(row));
            (await app.Client.RefundAsync(id, 1000)).Expect(HttpStatusCode.OK);
        };

        var first = (await app.Client.RefundAsync(id, 130, "slow")).Expect(HttpStatusCode.OK);
        var replay = (await app.Client.RefundAsync(id, 130, "slow")).Expect(HttpStatusCode.OK);

        Assert.Equal("partially_refunded", first["refund_status"]);
        Assert.Equal(first.Body, replay.Body);
    }

    [Fact]
    public async Task Should_refund_once_where_the_answer_of_storage_is_lost_and_a_repair_comes_before_the_write_is_sent_again()
    {
        await using var app = await PaySgApp.StartAsync();
        var id = await PaidAsync(app, 1130);
        var tries = 0;
        static bool Begins(StorageRequest request) => request.Writes("paysgpayments") && request.Body.Contains(":refund:", StringComparison.Ordinal);
        app.HttpTraffic.LosesAnswerOf = request => Begins(request) && tries == 1;
        app.HttpTraffic.ComesBefore = async request =>
        {
            if (Begins(request) && ++tries == 2)
                await WorkAsync(app, OutboxKind.Refund, row => app.Services.GetRequiredService<RepairRefund>().RunAsync(row));
        };

        (await app.Client.RefundAsync(id, 130)).Expect(HttpStatusCode.OK);

        Assert.True(tries >= 2);
        Assert.Single(await StoredRows.OfAsync(app.Connection, "paysgsandbox", "refund:"));
        Assert.Single(await StoredRows.OfAsync(app.Connection, "paysgpayments", "r:"));
    }

    private static async Task<string> PaidAsync(PaySgApp app, long cents)
    {
        var id = await app.Client.CreatedPaymentAsync(A.Payment().Of(cents));
        (await app.Client.PayAsync(id)).Expect(HttpStatusCode.OK);
        return id;
    }

    private static int OwnRequests(PaySgApp app) =>
        app.HttpTraffic.TableRequests.Count(request => !request.Url.AbsolutePath.Contains("paysgsandbox", StringComparison.Ordinal) && !request.Writes("paysgsandbox"));

    private static async Task WorkAsync(PaySgApp app, string kind, Func<OutboxRow, Task> work)
    {
        foreach (var row in await StoredRows.OfAsync(app.Connection, "paysgpayments", "o:"))
        {
            if (OutboxRow.Parse(row.PartitionKey, row.RowKey) is { } outbox && outbox.Kind == kind)
                await work(outbox);
        }
    }
}
