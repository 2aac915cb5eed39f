using System.Net;
using PaySg.Functions.Tests.Fixtures;
using PaySg.Functions.Tests.LocalHost;

namespace PaySg.Functions.Tests.Scenarios;

public sealed class When_money_goes_back_by_Stripe
{
    [Fact]
    public async Task Should_refund_a_card_at_once()
    {
        await using var app = await StripeApp.StartAsync();
        var id = await app.PaidByCardAsync();

        var answer = (await app.Client.RefundAsync(id, 130)).Expect(HttpStatusCode.OK);

        Assert.Equal("partially_refunded", answer["refund_status"]);
        Assert.Equal([("succeeded", null)], await app.RefundsAsync(id));
        Assert.Equal(["payment.created", "payment.succeeded", "payment.refunded"], await app.EventsAsync(id));
        Assert.Equal(130, app.Stripe.Books.Refunded.Values.Single());
        await StripeContract.CheckAsync(app.Stripe.Requests, app.Stripe.Events.All);
    }

    [Theory]
    [InlineData("card", "succeeded")]
    [InlineData("paynow", "succeeded")]
    [InlineData("paynow", "pending")]
    public async Task Should_cost_three_requests_to_storage_and_four_with_a_key_and_one_to_Stripe(string method, string status)
    {
        await using var app = await StripeApp.StartAsync();
        var id = await (method == "card" ? app.PaidByCardAsync() : app.PaidByPayNowAsync());
        await app.Stripe.Events.IdleAsync();
        await Eventually.TrueAsync(async () => (await app.WaitingAsync()).All(kind => kind != "stripe-notice"));
        app.Stripe.Events.DeliverTo = null;

        foreach (var key in (string?[])[null, "key-1"])
        {
            app.Product.HttpTraffic.Forget();
            var asked = app.Stripe.Requests.Count;
            app.Stripe.NextRefundIs(status);

            (await app.Client.RefundAsync(id, 100, key)).Expect(HttpStatusCode.OK);

            // The payment is read, and the key; the intention is written, and the outcome.
            Assert.Equal(
                key is null ? ["GET", "POST", "POST"] : ["GET", "GET", "POST", "POST"],
                app.Product.HttpTraffic.TableRequests.Where(request => !request.Url.AbsolutePath.Contains("/paysgaccess", StringComparison.Ordinal)).Select(request => request.Method));
            Assert.Empty(app.Product.HttpTraffic.QueueRequests);
            Assert.Equal(asked + 1, app.Stripe.Requests.Count);
            if (status == "pending")
            {
                app.Stripe.RefundBecomes(RefundOf(app), "succeeded");
                await app.Stripe.Events.DeliverAllAsync(app.NoticeUrl);
                await Eventually.TrueAsync(async () => (await app.RefundsAsync(id)).All(refund => refund.Status == "succeeded"));
            }
        }
    }

    [Fact]
    public async Task Should_wait_for_a_refund_that_takes_days_and_tell_when_it_has_ended()
    {
        await using var app = await StripeApp.StartAsync();
        var id = await app.PaidByPayNowAsync();

        var answer = (await app.Client.RefundAsync(id, 1130, "key-1")).Expect(HttpStatusCode.OK);
        Assert.Equal("not_refunded", answer["refund_status"]);
        Assert.Equal([("pending", null)], await app.RefundsAsync(id));
        Assert.Equal(["payment.created", "payment.succeeded"], await app.EventsAsync(id));
        Assert.Equal("refund_in_progress", (await app.Client.RefundAsync(id, 100)).Expect(HttpStatusCode.PaymentRequired).ErrorCode);
        Assert.Equal(answer.Body, (await app.Client.RefundAsync(id, 1130, "key-1")).Expect(HttpStatusCode.OK).Body);

        app.Stripe.RefundBecomes(RefundOf(app), "succeeded");
        await app.BecomesAsync(id, "refund_status", "fully_refunded");
        Assert.Equal(["payment.created", "payment.succeeded", "payment.refunded"], await app.EventsAsync(id));
        Assert.Equal(answer.Body, (await app.Client.RefundAsync(id, 1130, "key-1")).Expect(HttpStatusCode.OK).Body);
        await StripeContract.CheckAsync(app.Stripe.Requests, app.Stripe.Events.All);
    }

    [Fact]
    public async Task Should_be_refundable_again_when_the_money_came_back()
    {
        await using var app = await StripeApp.StartAsync();
        var id = await app.PaidByPayNowAsync();
        (await app.Client.RefundAsync(id, 1130)).Expect(HttpStatusCode.OK);
        app.Stripe.RefundBecomes(RefundOf(app), "succeeded");
        await app.BecomesAsync(id, "refund_status", "fully_refunded");

        app.Stripe.RefundBecomes(RefundOf(app), "failed", "lost_or_stolen_card");
        await app.BecomesAsync(id, "refund_status", "not_refunded");

        Assert.Equal([("failed", "lost_or_stolen_card")], await app.RefundsAsync(id));
        Assert.Equal(["payment.created", "payment.succeeded", "payment.refunded", "payment.refund_failed"], await app.EventsAsync(id));
        app.Stripe.NextRefundIs("succeeded");
        Assert.Equal("fully_refunded", (await app.Client.RefundAsync(id, 1130)).Expect(HttpStatusCode.OK)["refund_status"]);
        Assert.Equal(1130, app.Stripe.Books.Refunded.Values.Single());
    }

    [Fact]
    public async Task Should_find_out_about_a_refund_whose_notices_were_lost()
    {
        await using var app = await StripeApp.StartAsync();
        var id = await app.PaidByPayNowAsync();
        await app.Stripe.Events.IdleAsync();
        app.Stripe.Events.DeliverTo = null;
        (await app.Client.RefundAsync(id, 130)).Expect(HttpStatusCode.OK);
        app.Stripe.RefundBecomes(RefundOf(app), "failed", "unknown");

        app.Clock.Shift = TimeSpan.FromMinutes(59);
        await app.SweepAsync();
        Assert.Equal([("pending", null)], await app.RefundsAsync(id));
        app.Clock.Shift = TimeSpan.FromMinutes(62);
        await app.SweepAsync();

        Assert.Equal([("failed", "unknown")], await app.RefundsAsync(id));
        Assert.Empty(await app.WaitingAsync());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(30)]
    public async Task Should_refund_once_although_the_answer_was_lost_and_Stripe_has_forgotten_the_key(int hours)
    {
        await using var app = await StripeApp.StartAsync(sendsNotices: false);
        var id = await PaidWithoutNoticesAsync(app);
        app.Stripe.Faults.CutAfter("POST", "/v1/refunds", times: 2);

        Assert.Equal("refund_in_doubt", (await app.Client.RefundAsync(id, 130)).Expect(HttpStatusCode.ServiceUnavailable).ErrorCode);
        app.Clock.Shift += TimeSpan.FromHours(hours);
        await app.SweepAsync();

        Assert.Equal([("succeeded", null)], await app.RefundsAsync(id));
        Assert.All(app.Stripe.Books.RefundsPer("refund_id").Values, count => Assert.Equal(1, count));
    }

    [Fact]
    public async Task Should_send_a_refund_again_that_never_arrived_while_Stripe_remembers_keys_and_not_later()
    {
        await using var app = await StripeApp.StartAsync(sendsNotices: false);
        var young = await PaidWithoutNoticesAsync(app);
        app.Stripe.Faults.CutBefore("POST", "/v1/refunds", times: 2);
        (await app.Client.RefundAsync(young, 130)).Expect(HttpStatusCode.ServiceUnavailable);
        app.Clock.Shift += TimeSpan.FromHours(22);
        await app.SweepAsync();
        Assert.Equal([("succeeded", null)], await app.RefundsAsync(young));

        var old = await PaidWithoutNoticesAsync(app);
        app.Stripe.Faults.CutBefore("POST", "/v1/refunds", times: 2);
        (await app.Client.RefundAsync(old, 130)).Expect(HttpStatusCode.ServiceUnavailable);
        var posts = Posts(app);
        app.Clock.Shift += TimeSpan.FromHours(23.1);
        await app.SweepAsync();

        Assert.Equal([("failed", "not_received")], await app.RefundsAsync(old));
        Assert.Equal(posts, Posts(app));
    }

    [Fact]
    public async Task Should_be_refused_for_good_by_what_Stripe_says_for_good_alone()
    {
        await using var app = await StripeApp.StartAsync();
        var id = await app.PaidByCardAsync();

        app.Stripe.Faults.Refuse("POST", "/v1/refunds", 400, "charge_disputed");
        Assert.Equal("refund_failed", (await app.Client.RefundAsync(id, 130)).Expect(HttpStatusCode.PaymentRequired).ErrorCode);
        Assert.Equal([("failed", "charge_disputed")], await app.RefundsAsync(id));

        app.Stripe.Faults.Refuse("POST", "/v1/refunds", 400, "something_new", times: 2);
        Assert.Equal("refund_in_doubt", (await app.Client.RefundAsync(id, 130)).Expect(HttpStatusCode.ServiceUnavailable).ErrorCode);
    }

    [Fact]
    public async Task Should_give_back_what_was_paid_after_the_agency_cancelled()
    {
        await using var app = await StripeApp.StartAsync(sendsNotices: false);
        var id = await app.Client.CreatedPaymentAsync();
        var session = await app.BeginCardAsync(id);

        // The answer to the payer's page was lost on the way, and the agency cancels while Stripe is not to be asked: it ends what it does not know.
        Assert.True(app.Stripe.PayCard(session));
        await StoredPayments.ChangeAttemptAsync(app.Product, id, attempt => attempt with { Handle = null, NextStep = null });
        app.Stripe.Faults.Refuse("POST", "/v1/checkout/sessions", 500, times: 4);
        app.Clock.Shift = TimeSpan.FromMinutes(20);
        (await app.Client.CancelAsync(id)).Expect(HttpStatusCode.OK);

        app.Stripe.Faults.Clear();
        await app.Stripe.Events.DeliverAllAsync(app.NoticeUrl);
        await Eventually.TrueAsync(() => Task.FromResult(app.Stripe.Books.Refunded.Values.Sum() == 1130));

        Assert.Equal("cancelled", (await app.Client.GetPaymentAsync(id))["payment_status"]);
        Assert.Equal(["payment.created", "payment.cancelled"], await app.EventsAsync(id));
        await app.SweepAsync();
        await Eventually.TrueAsync(async () => (await app.WaitingAsync()).Count == 0);

        // It does not arrive: it is given back once more, as another refund.
        app.Stripe.RefundBecomes(RefundOf(app), "failed", "unknown");
        await app.Stripe.Events.DeliverAllAsync(app.NoticeUrl);
        await Eventually.TrueAsync(() => Task.FromResult(app.Stripe.Objects("refund").Count == 2));
        Assert.Equal(1130, app.Stripe.Books.Refunded.Values.Sum());
        Assert.All(app.Stripe.Books.RefundsPer("refund_id").Values, count => Assert.Equal(1, count));
    }

    [Fact]
    public async Task Should_stand_on_the_payment_that_its_payer_disputes_it()
    {
        await using var app = await StripeApp.StartAsync();
        var id = await app.PaidByCardAsync();

        var dispute = app.Stripe.OpenDispute((await app.Client.GetPaymentAsync(id))["stripe_payment_intent_id"]!);
        await Eventually.TrueAsync(async () => (await app.EventsAsync(id)).Contains("payment.dispute_opened"));
        Assert.Equal("payment_not_refundable", (await app.Client.RefundAsync(id, 130)).Expect(HttpStatusCode.PaymentRequired).ErrorCode);
        app.Stripe.ReviewDispute(dispute);
        app.Stripe.CloseDispute(dispute, won: true);
        await Eventually.TrueAsync(async () => (await app.EventsAsync(id)).Contains("payment.dispute_closed"));

        Assert.Equal(["payment.created", "payment.succeeded", "payment.dispute_opened", "payment.dispute_closed"], await app.EventsAsync(id));

        // Now Stripe decides: a card payment that was ever disputed it does not refund.
        Assert.Equal("refund_failed", (await app.Client.RefundAsync(id, 130)).Expect(HttpStatusCode.PaymentRequired).ErrorCode);
        await StripeContract.CheckAsync(app.Stripe.Requests, app.Stripe.Events.All);
    }

    [Fact]
    public async Task Should_not_refund_what_was_lost_in_a_dispute()
    {
        await using var app = await StripeApp.StartAsync();
        var id = await app.PaidByCardAsync();
        var dispute = app.Stripe.OpenDispute((await app.Client.GetPaymentAsync(id))["stripe_payment_intent_id"]!);
        app.Stripe.CloseDispute(dispute, won: false);
        await Eventually.TrueAsync(async () => (await app.EventsAsync(id)).Contains("payment.dispute_closed"));

        var refused = (await app.Client.RefundAsync(id, 130)).Expect(HttpStatusCode.PaymentRequired);

        Assert.Equal("payment_not_refundable", refused.ErrorCode);
        Assert.Contains("lost in a dispute", refused.Body, StringComparison.Ordinal);
        var money = await new ManagementClient(app.Product.BaseAddress).GetAsync($"{ManagementClient.ServicesPath}/{ApiClient.ServiceId}/payments/{id}/money");
        Assert.Equal("lost", money.Expect(HttpStatusCode.OK).Json.GetProperty("disputes")[0].GetProperty("status").GetString());
    }

    [Fact]
    public async Task Should_know_the_payout_that_brings_each_payment_and_forget_one_that_failed()
    {
        await using var app = await StripeApp.StartAsync();
        var card = await app.PaidByCardAsync();
        var payNow = await app.PaidByPayNowAsync();

        var payout = app.Stripe.PayOut()!;
        await app.BecomesAsync(card, "payout_id", payout);
        await app.BecomesAsync(payNow, "payout_id", payout);
        Assert.NotNull((await app.Client.GetPaymentAsync(card))["paid_out_timestamp"]);
        var money = await new ManagementClient(app.Product.BaseAddress).GetAsync($"{ManagementClient.ServicesPath}/{ApiClient.ServiceId}/payments/{payNow}/money");
        Assert.Equal(("paynow", payout), (money.Expect(HttpStatusCode.OK)["method"], money["payout_id"]));
        Assert.InRange(money.Json.GetProperty("fee_in_cents").GetInt32(), 1, 1129);

        app.Stripe.FailPayout(payout);
        await app.BecomesAsync(card, "payout_id", null);
        await app.BecomesAsync(payNow, "paid_out_timestamp", null);
        await StripeContract.CheckAsync(app.Stripe.Requests, app.Stripe.Events.All);
    }

    private static string RefundOf(StripeApp app) => app.Stripe.Objects("refund")[^1]["id"]!.GetValue<string>();

    private static int Posts(StripeApp app) => app.Stripe.Requests.Count(request => request.Method == "POST");

    private static async Task<string> PaidWithoutNoticesAsync(StripeApp app)
    {
        var id = await app.Client.CreatedPaymentAsync();
        Assert.True(app.Stripe.PayCard(await app.BeginCardAsync(id)));
        await app.Pages.FollowAsync(id, new Dictionary<string, string> { ["action"] = "look" });
        Assert.Equal("paid", (await app.Client.GetPaymentAsync(id))["payment_status"]);
        return id;
    }
}
