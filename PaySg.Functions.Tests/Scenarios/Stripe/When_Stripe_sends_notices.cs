using System.Net;
using System.Text;
using PaySg.Functions.Tests.Fixtures;
using PaySg.Functions.Tests.LocalHost;
using PaySg.Functions.Tests.Operations.Contract;

namespace PaySg.Functions.Tests.Scenarios;

public sealed class When_Stripe_sends_notices
{
    private const string Good = """{"id":"evt_1","object":"event","type":"payment_intent.succeeded","livemode":false,"created":1795315346,"data":{"object":{"id":"pi_1","object":"payment_intent"}}}""";

    private static readonly string Nested = new string('[', 5000) + new string(']', 5000);

    private static IEnumerable<string> NoEvents =>
    [
        "", "junk", "[]", "null", "{}", "\"evt_1\"", """{"object":"event"}""", """{"object":"event","id":"evt_1"}""", """{"object":"event","type":"x"}""",
        """{"object":"event","id":1,"type":"payment_intent.succeeded"}""", """{"object":"event","id":"evt_1","type":{}}""",
        """{"object":"event","id":"evt_1","type":"payment_intent.succeeded","livemode":false,"data":{"object":{}}}""",
        """{"object":"event","id":"evt_1","type":"payment_intent.succeeded","livemode":false,"data":[]}""",
        """{"object":"event","id":"evt_1","type":"payment_intent.succeeded","livemode":false,"data":"pi_1"}""",
        """{"object":"event","id":"evt_1","type":"payment_intent.succeeded","livemode":false,"data":null}""",
        """{"object":"event","id":"evt_1","type":"payment_intent.succeeded","livemode":false}""",
        """{"object":"event","id":"evt_1","type":null,"livemode":false,"data":{"object":{"id":"pi_1"}}}""",
        """{"object":null,"id":"evt_1","type":"payment_intent.succeeded","livemode":false,"data":{"object":{"id":"pi_1"}}}""",
        """{"object":"event","id":"evt_1","type":"payment_intent.succeeded","livemode":"false","data":{"object":{"id":"pi_1"}}}""",
        """{"object":"event","id":"evt_1","type":"payment_intent.succeeded","livemode":null,"data":{"object":{"id":"pi_1"}}}""",
        """{"object":"event","id":"evt_1","type":"payment_intent.succeeded","data":{"object":{"id":"pi_1"}}}""",
        """{"object":"event","id":"evt_1","type":"payment_intent.succeeded","livemode":false,"account":5,"data":{"object":{"id":"pi_1"}}}""",
        """{"object":"event","id":"evt_1","type":"payment_intent.succeeded","livemode":false,"account":"","data":{"object":{"id":"pi_1"}}}""",
        """{"object":"event","id":"evt_1","type":"payment_intent.succeeded","livemode":false,"account":"acct/1","data":{"object":{"id":"pi_1"}}}""",
        """{"object":"event","id":"evt_\ud800","type":"payment_intent.succeeded","livemode":false,"data":{"object":{"id":"pi_1"}}}""",
        """{"object":"event","id":"evt_\u0000","type":"payment_intent.succeeded","livemode":false,"data":{"object":{"id":"pi_1"}}}""",
        $$$$"""{"object":"event","id":"{{{{new string('e', 129)}}}}","type":"payment_intent.succeeded","livemode":false,"data":{"object":{"id":"pi_1"}}}""",
        $$$$"""{"object":"event","id":"evt_1","type":"payment_intent.succeeded","livemode":false,"data":{"object":{"id":"pi_1"},"deep":{{{{Nested}}}}}}""",
        "\ufeff" + Good, Good + Good, "/**/" + Good, " ", "true", "1", """{"id":1}""",
        """{"object":"event","id":"evt/1","type":"payment_intent.succeeded","livemode":false,"data":{"object":{"id":"pi_1"}}}""",
        """{"object":"v2.core.event","id":"evt_1","type":"v1.billing.meter.error_report_triggered","created":"2026-11-27T00:00:00Z"}""",
    ];

    [Fact]
    public async Task Should_refuse_what_is_no_event_although_it_is_signed()
    {
        await using var app = await StripeApp.StartAsync();

        foreach (var body in NoEvents)
            Assert.True(await SendAsync(app, body, Sign(app, body)) == HttpStatusCode.BadRequest, body);

        Assert.Empty(await app.WaitingAsync());
    }

    [Fact]
    public async Task Should_keep_the_longest_ids()
    {
        await using var app = await StripeApp.StartAsync(sendsNotices: false);
        app.Stripe.Faults.Refuse("GET", "/v1/checkout/sessions", 429, times: 100);
        var body = $$$$"""
            {"object":"event","id":"{{{{new string('e', 128)}}}}","type":"checkout.session.async_payment_succeeded","livemode":false,
             "account":"{{{{new string('a', 128)}}}}","data":{"object":{"id":"{{{{new string('c', 128)}}}}"}}}
            """;

        Assert.Equal(HttpStatusCode.OK, await SendAsync(app, body, Sign(app, body)));

        Assert.Equal(["stripe-notice"], await app.WaitingAsync());
    }

    [Fact]
    public async Task Should_refuse_what_Stripe_has_not_signed_just_now()
    {
        await using var app = await StripeApp.StartAsync();
        var now = app.Clock.GetUtcNow();
        var good = Sign(app, Good);
        string?[] headers =
        [
            null, "", "nothing", "t=abc,v1=00", "v1=00", $"t={now.ToUnixTimeSeconds()}", "t=,v1=", Sign(app, Good + " "), Sign(app, Good, "whsec_other"),
            $"{good.Split(',')[0]}", $"v1={good.Split("v1=")[1]}", good.Replace("t=", "t=-", StringComparison.Ordinal), good.Replace("t=", "t=99999999999", StringComparison.Ordinal),
            good.Replace(',', ';'), good.ToUpperInvariant(), $"{good.Split(',')[0]},v1=00,v1=11", ",", "=", new string('x', 6000),
            Sign(app, Good, at: now.AddSeconds(-301)), Sign(app, Good, at: now.AddSeconds(310)), good.Replace("v1=", "v0=", StringComparison.Ordinal), good[..^1],
        ];

        foreach (var header in headers)
            Assert.True(await SendAsync(app, Good, header) == HttpStatusCode.BadRequest, header);
        Assert.Empty(await app.WaitingAsync());
    }

    [Fact]
    public async Task Should_take_one_good_signature_of_several()
    {
        await using var app = await StripeApp.StartAsync();
        var good = Sign(app, Good).Split(',');

        foreach (var header in (string[])[$"{good[0]},v1=00,{good[1]}", $"{good[0]},{good[1]},v1=00", $"{good[0]},v0=00,{good[1]}", $"{good[1]},{good[0]}"])
            Assert.True(await SendAsync(app, Good, header) == HttpStatusCode.OK, header);
    }

    [Fact]
    public async Task Should_take_the_secret_before_while_it_is_rotated()
    {
        await using var app = await StripeApp.StartAsync(settings: new Dictionary<string, string> { ["PaySg__Stripe__PreviousWebhookSecret"] = "whsec_before" });

        Assert.Equal(HttpStatusCode.OK, await SendAsync(app, Good, Sign(app, Good, "whsec_before")));
        Assert.Equal(HttpStatusCode.OK, await SendAsync(app, Good, Sign(app, Good)));
    }

    [Fact]
    public async Task Should_take_what_is_of_no_interest_and_keep_nothing_of_it()
    {
        await using var app = await StripeApp.StartAsync();
        string[] bodies =
        [
            Good.Replace("payment_intent.succeeded", "customer.created", StringComparison.Ordinal),
            Good.Replace("false", "true", StringComparison.Ordinal),
        ];

        foreach (var body in bodies)
            Assert.Equal(HttpStatusCode.OK, await SendAsync(app, body, Sign(app, body)));

        Assert.Empty(await app.WaitingAsync());
        Assert.Single(app.Product.Log.Of(4013));
    }

    [Fact]
    public async Task Should_be_refused_where_it_is_too_large()
    {
        await using var app = await StripeApp.StartAsync();
        var largest = Good + new string(' ', (256 * 1024) - Good.Length);

        Assert.Equal(HttpStatusCode.OK, await SendAsync(app, largest, Sign(app, largest)));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await SendAsync(app, largest + " ", Sign(app, largest + " ")));
    }

    [Fact]
    public async Task Should_be_asked_to_send_it_again_while_it_cannot_be_kept()
    {
        await using var app = await StripeApp.StartAsync();
        app.Product.HttpTraffic.IsCutOff = true;

        Assert.Equal(HttpStatusCode.ServiceUnavailable, await SendAsync(app, Good, Sign(app, Good)));

        app.Product.HttpTraffic.IsCutOff = false;
        Assert.Equal(HttpStatusCode.OK, await SendAsync(app, Good, Sign(app, Good)));
    }

    [Fact]
    public async Task Should_not_exist_where_the_sandbox_is_the_gateway()
    {
        await using var app = await PaySgApp.StartAsync();

        Assert.Equal("not_found", (await app.Client.PostAsync("/gateway/stripe/events", Good, apiKey: null)).Expect(HttpStatusCode.NotFound).ErrorCode);
    }

    [Fact]
    public async Task Should_pay_once_whatever_order_notices_come_in_and_however_often()
    {
        await using var app = await StripeApp.StartAsync(sendsNotices: false);
        var id = await app.Client.CreatedPaymentAsync();
        var session = await app.BeginCardAsync(id);
        Assert.True(app.Stripe.DeclineCard(session));
        Assert.True(app.Stripe.PayCard(session));

        await app.Stripe.Events.DeliverAllAsync(app.NoticeUrl, events => events.Reverse().Concat(events).Concat(events));
        await app.BecomesAsync(id, "payment_status", "paid");
        await Eventually.TrueAsync(async () => (await app.WaitingAsync()).All(kind => kind != "stripe-notice"));

        Assert.Equal(["payment.created", "payment.succeeded"], await app.EventsAsync(id));
    }

    [Fact]
    public async Task Should_leave_an_attempt_open_whose_first_card_was_declined()
    {
        await using var app = await StripeApp.StartAsync();
        var id = await app.Client.CreatedPaymentAsync();
        var session = await app.BeginCardAsync(id);

        Assert.True(app.Stripe.DeclineCard(session));
        await app.Stripe.Events.IdleAsync();
        await Eventually.TrueAsync(async () => (await app.WaitingAsync()).All(kind => kind != "stripe-notice"));
        Assert.Equal("Waiting for your card payment", PageText.Heading(await app.Pages.OpenAsync(id, "?step=waiting")));

        Assert.True(app.Stripe.PayCard(session));
        await app.BecomesAsync(id, "payment_status", "paid");
    }

    [Fact]
    public async Task Should_wait_with_a_notice_that_cannot_be_looked_up()
    {
        await using var app = await StripeApp.StartAsync(sendsNotices: false);
        var id = await app.Client.CreatedPaymentAsync();
        Assert.True(app.Stripe.SettlePayNow(await app.BeginPayNowAsync(id), succeeds: true));
        app.Stripe.Faults.Refuse("GET", "/v1/payment_intents", 429, times: 100);

        await app.Stripe.Events.DeliverAllAsync(app.NoticeUrl);
        await Eventually.TrueAsync(() => Task.FromResult(app.Product.Log.Of(4016).Count > 0));
        Assert.Contains("stripe-notice", await app.WaitingAsync());

        app.Stripe.Faults.Clear();
        await app.SweepAsync();
        Assert.Equal("paid", (await app.Client.GetPaymentAsync(id))["payment_status"]);
        Assert.DoesNotContain("stripe-notice", await app.WaitingAsync());
    }

    [Fact]
    public async Task Should_not_act_on_what_is_about_another_account()
    {
        await using var app = await StripeApp.StartAsync(sendsNotices: false);
        var id = await app.Client.CreatedPaymentAsync();
        var intent = await app.BeginPayNowAsync(id);
        await StoredPayments.ChangeAttemptAsync(app.Product, id, attempt => attempt with { Handle = attempt.Handle! with { Account = "acct_1234567890123456" } });
        Assert.True(app.Stripe.SettlePayNow(intent, succeeds: true));

        await app.Stripe.Events.DeliverAllAsync(app.NoticeUrl);
        await Eventually.TrueAsync(() => Task.FromResult(app.Product.Log.Of(4014).Count > 0));

        Assert.Equal("unpaid", (await app.Client.GetPaymentAsync(id))["payment_status"]);
    }

    [Fact]
    public async Task Should_say_once_that_an_object_is_not_what_is_stored_and_forget_its_notice()
    {
        await using var app = await StripeApp.StartAsync(sendsNotices: false);
        var id = await app.Client.CreatedPaymentAsync();
        var intent = await app.BeginPayNowAsync(id);
        await StoredPayments.ChangeAsync(app.Product, id, payment => payment with { Details = payment.Details with { AmountInCents = payment.Details.AmountInCents + 1 } });
        Assert.True(app.Stripe.SettlePayNow(intent, succeeds: true));

        await app.Stripe.Events.DeliverAllAsync(app.NoticeUrl);
        await Eventually.TrueAsync(() => Task.FromResult(app.Product.Log.Of(4011).Count > 0));
        await Eventually.TrueAsync(async () => !(await app.WaitingAsync()).Contains("stripe-notice"));

        Assert.Single(app.Product.Log.Of(4011));
        Assert.Equal("unpaid", (await app.Client.GetPaymentAsync(id))["payment_status"]);
    }

    [Theory]
    [InlineData("payment_intent.succeeded", "pi_1")]
    [InlineData("checkout.session.completed", "cs_1")]
    [InlineData("refund.failed", "re_1")]
    [InlineData("charge.dispute.created", "du_1")]
    [InlineData("payout.failed", "po_1")]
    public async Task Should_forget_what_is_about_an_account_that_is_not_connected(string type, string id)
    {
        const string Gone = "acct_1234567890123456";
        await using var app = await StripeApp.StartAsync(sendsNotices: false);
        app.Stripe.Revoke(Gone);
        var body = Good.Replace("payment_intent.succeeded", type, StringComparison.Ordinal).Replace("pi_1", id, StringComparison.Ordinal)
            .Replace("\"created\"", $"\"account\":\"{Gone}\",\"created\"", StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.OK, await SendAsync(app, body, Sign(app, body)));

        await Eventually.TrueAsync(async () => app.Product.Log.Of(4014).Count == 1 && (await app.WaitingAsync()).Count == 0);
    }

    [Fact]
    public async Task Should_not_act_on_a_dispute_or_a_payout_of_another_account_and_say_so()
    {
        await using var app = await StripeApp.StartAsync(sendsNotices: false);
        var id = await app.Client.CreatedPaymentAsync();
        Assert.True(app.Stripe.PayCard(await app.BeginCardAsync(id)));
        await StoredPayments.ChangeAttemptAsync(app.Product, id, attempt => attempt with { Handle = attempt.Handle! with { Account = "acct_1234567890123456" } });
        foreach (var told in app.Stripe.Events.All)
            app.Stripe.Events.Lose(told);

        app.Stripe.OpenDispute(app.Stripe.Objects("payment_intent").Single()["id"]!.GetValue<string>());
        app.Stripe.PayOut();
        await app.Stripe.Events.DeliverAllAsync(app.NoticeUrl);
        await Eventually.TrueAsync(async () => (await app.WaitingAsync()).All(kind => kind != "stripe-notice"));

        Assert.Equal(app.Stripe.Events.All.Count(told => !told.Type.StartsWith("checkout", StringComparison.Ordinal) && !told.Type.StartsWith("payment_intent", StringComparison.Ordinal)), app.Product.Log.Of(4014).Count);
        Assert.Null((await app.Client.GetPaymentAsync(id))["payout_id"]);
        Assert.Equal(["payment.created"], await app.EventsAsync(id));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Should_know_of_a_dispute_and_a_payout_although_their_notices_come_before_that_of_the_charge(bool isChargeTold)
    {
        await using var app = await StripeApp.StartAsync(sendsNotices: false);
        var id = await app.Client.CreatedPaymentAsync();
        Assert.True(app.Stripe.PayCard(await app.BeginCardAsync(id)));
        var charged = app.Stripe.Events.All;
        app.Stripe.OpenDispute(app.Stripe.Objects("payment_intent").Single()["id"]!.GetValue<string>());
        var payout = app.Stripe.PayOut();
        if (!isChargeTold)
        {
            foreach (var told in charged)
                app.Stripe.Events.Lose(told);
        }

        await app.Stripe.Events.DeliverAllAsync(app.NoticeUrl, events => events.Reverse());
        await app.BecomesAsync(id, "payout_id", payout);
        await Eventually.TrueAsync(async () => (await app.WaitingAsync()).All(kind => kind != "stripe-notice"));

        Assert.Equal(["payment.created", "payment.succeeded", "payment.dispute_opened"], await app.EventsAsync(id));
    }

    [Fact]
    public async Task Should_wait_with_a_payout_while_one_of_its_charges_cannot_be_looked_up()
    {
        await using var app = await StripeApp.StartAsync(sendsNotices: false);
        var id = await app.Client.CreatedPaymentAsync();
        Assert.True(app.Stripe.PayCard(await app.BeginCardAsync(id)));
        foreach (var told in app.Stripe.Events.All)
            app.Stripe.Events.Lose(told);
        var payout = app.Stripe.PayOut();
        app.Stripe.Faults.Refuse("GET", "/v1/payment_intents", 429, times: 100);

        await app.Stripe.Events.DeliverAllAsync(app.NoticeUrl);
        await Eventually.TrueAsync(() => app.Product.Log.Of(4016).Count > 0);
        Assert.Contains("stripe-notice", await app.WaitingAsync());

        app.Stripe.Faults.Clear();
        await app.SweepAsync();
        Assert.Equal(payout, (await app.Client.GetPaymentAsync(id))["payout_id"]);
        Assert.DoesNotContain("stripe-notice", await app.WaitingAsync());
    }

    private static string Sign(StripeApp app, string body, string? secret = null, DateTimeOffset? at = null) =>
        global::Stripe.EventUtility.GenerateSignatureHeader(body, secret ?? app.Stripe.Events.Secret, (at ?? app.Clock.GetUtcNow()).ToUnixTimeSeconds());

    private static async Task<HttpStatusCode> SendAsync(StripeApp app, string body, string? header)
    {
        using var http = new HttpClient(new ContractHandler());
        using var request = new HttpRequestMessage(HttpMethod.Post, app.NoticeUrl) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (header is not null)
            request.Headers.TryAddWithoutValidation("Stripe-Signature", header);
        using var answer = await http.SendAsync(request);
        return answer.StatusCode;
    }
}
