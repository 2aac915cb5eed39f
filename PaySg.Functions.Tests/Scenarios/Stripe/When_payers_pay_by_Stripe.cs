using System.Net;
using System.Text.Json.Nodes;
using PaySg.Functions.Tests.Fixtures;
using PaySg.Functions.Tests.LocalHost;

namespace PaySg.Functions.Tests.Scenarios;

public sealed class When_payers_pay_by_Stripe
{
    [Fact]
    public async Task Should_lead_a_card_to_the_hosted_page_and_hear_of_it()
    {
        await using var app = await StripeApp.StartAsync();
        var id = await app.Client.CreatedPaymentAsync();
        Assert.Null((await app.Client.GetPaymentAsync(id))["stripe_payment_intent_id"]);

        var sent = (await app.Pages.SubmitAsync(id, StripeApp.Form("card"))).Expect(HttpStatusCode.SeeOther);
        Assert.Equal($"{PageClient.PathOf(id)}?step=onward", sent.Headers["Location"]);
        var page = (await app.Pages.GetAsync(sent.Headers["Location"])).Expect(HttpStatusCode.OK).Body;
        var url = app.Stripe.Objects("checkout.session").Single()["url"]!.GetValue<string>();
        Assert.Contains($"""<meta http-equiv="refresh" content="0;url={url}">""", page, StringComparison.Ordinal);
        Assert.Contains($"""href="{url}">""", page, StringComparison.Ordinal);

        Assert.True(app.Stripe.PayCard(StripeApp.SessionOn(page)));
        await app.BecomesAsync(id, "payment_status", "paid");
        var payment = await app.Client.GetPaymentAsync(id);
        Assert.Equal(app.Stripe.Objects("payment_intent").Single()["id"]!.GetValue<string>(), payment["stripe_payment_intent_id"]);
        var receipt = await app.Pages.OpenAsync(id, "?step=waiting");
        Assert.Equal("✓ S$11.30 paid", PageText.Heading(receipt));
        Assert.Contains("Paid with Visa ending in 4242", PageText.Of(receipt), StringComparison.Ordinal);
        Assert.Equal(["payment.created", "payment.succeeded"], await app.EventsAsync(id));
        await StripeContract.CheckAsync(app.Stripe.Requests, app.Stripe.Events.All);
    }

    [Fact]
    public async Task Should_show_the_QR_code_that_Stripe_gives_and_hear_when_it_was_paid()
    {
        await using var app = await StripeApp.StartAsync();
        var id = await app.Client.CreatedPaymentAsync();

        var page = await app.Pages.FollowAsync(id, StripeApp.Form("paynow"));
        var intent = app.Stripe.Objects("payment_intent").Single();
        Assert.Equal("Scan to pay S$11.30", PageText.Heading(page));
        Assert.Equal(intent["id"]!.GetValue<string>(), (await app.Client.GetPaymentAsync(id))["stripe_payment_intent_id"]);
        var picture = (await app.Pages.GetAsync($"{PageClient.PathOf(id)}?step=qr")).Expect(HttpStatusCode.OK);
        Assert.Equal("image/png", picture.Headers["Content-Type"]);
        Assert.Equal($"attachment; filename=\"paynow-{id}.png\"", picture.Headers["Content-Disposition"]);

        Assert.True(app.Stripe.SettlePayNow(intent["id"]!.GetValue<string>(), succeeds: true));
        await app.BecomesAsync(id, "payment_status", "paid");
        Assert.Contains("Paid with PayNow", PageText.Of(await app.Pages.OpenAsync(id)), StringComparison.Ordinal);
        await StripeContract.CheckAsync(app.Stripe.Requests, app.Stripe.Events.All);
    }

    [Fact]
    public async Task Should_tell_Stripe_nothing_of_the_payer()
    {
        await using var app = await StripeApp.StartAsync();
        string[] secret = ["Tan Ah Kow", "S1234567D", "1 Example Road", "payer@example.com", "Dog licence", "INV-77", "Fee for a dog"];
        var id = await app.Client.CreatedPaymentAsync(A.Payment()
            .With("payer_name", secret[0]).With("payer_identifier", secret[1]).With("payer_address", secret[2]).With("payer_email", secret[3])
            .With("reference_id", secret[5]).With("description", secret[6]));
        await app.BeginCardAsync(id);
        Assert.True(app.Stripe.SettlePayNow(await app.BeginPayNowAsync(id), succeeds: true));
        await app.BecomesAsync(id, "payment_status", "paid");
        (await app.Client.RefundAsync(id, 100)).Expect(HttpStatusCode.OK);

        foreach (var request in app.Stripe.Requests)
        {
            var told = request.Path + request.Parameters.ToJsonString() + string.Join('\n', request.Headers.Select(header => header.Value));
            Assert.DoesNotContain(secret, text => told.Contains(text, StringComparison.OrdinalIgnoreCase));
        }

        Assert.All(app.Stripe.Requests, request => Assert.False(request.Headers.ContainsKey("X-Stripe-Client-Telemetry")));
    }

    [Fact]
    public async Task Should_let_a_payer_come_back_and_choose_another_way_and_charge_once()
    {
        await using var app = await StripeApp.StartAsync();
        var id = await app.Client.CreatedPaymentAsync();
        var session = await app.BeginCardAsync(id);

        var back = await app.Pages.OpenAsync(id, "?step=back");
        Assert.Equal("Waiting for your card payment", PageText.Heading(back));
        Assert.Contains("No money moves. Do not enter a real card.", PageText.Of(back), StringComparison.Ordinal);
        Assert.DoesNotContain("http-equiv=\"refresh\"", back, StringComparison.Ordinal);
        var intent = await app.BeginPayNowAsync(id);

        Assert.Equal("expired", app.Stripe.Object(session)["status"]!.GetValue<string>());
        Assert.False(app.Stripe.PayCard(session));
        Assert.True(app.Stripe.SettlePayNow(intent, succeeds: true));
        await app.BecomesAsync(id, "payment_status", "paid");
        Assert.Single(app.Stripe.Books.Charges);
    }

    [Fact]
    public async Task Should_find_a_payment_whose_notice_was_lost_when_the_payer_asks()
    {
        await using var app = await StripeApp.StartAsync(sendsNotices: false);
        var id = await app.Client.CreatedPaymentAsync();
        Assert.True(app.Stripe.PayCard(await app.BeginCardAsync(id)));

        var page = await app.Pages.FollowAsync(id, new Dictionary<string, string> { ["action"] = "look" });

        Assert.Equal("paid", (await app.Client.GetPaymentAsync(id))["payment_status"]);
        Assert.Contains("paid", PageText.Heading(page), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_find_a_payment_whose_notice_was_lost_when_nobody_asks()
    {
        await using var app = await StripeApp.StartAsync(sendsNotices: false);
        var id = await app.Client.CreatedPaymentAsync();
        Assert.True(app.Stripe.SettlePayNow(await app.BeginPayNowAsync(id), succeeds: true));

        app.Clock.Shift = TimeSpan.FromMinutes(6);
        await app.SweepAsync();

        Assert.Equal("paid", (await app.Client.GetPaymentAsync(id))["payment_status"]);
    }

    [Fact]
    public async Task Should_withdraw_what_nobody_paid_within_an_hour()
    {
        await using var app = await StripeApp.StartAsync(sendsNotices: false);
        var card = await app.Client.CreatedPaymentAsync();
        var session = await app.BeginCardAsync(card);
        var payNow = await app.Client.CreatedPaymentAsync();
        var intent = await app.BeginPayNowAsync(payNow);

        app.Clock.Shift = TimeSpan.FromMinutes(61);
        await app.SweepAsync();

        Assert.Equal("expired", app.Stripe.Object(session)["status"]!.GetValue<string>());
        Assert.NotEqual("requires_action", app.Stripe.Object(intent)["status"]!.GetValue<string>());
        Assert.Empty(await app.WaitingAsync());
        Assert.Equal("unpaid", (await app.Client.GetPaymentAsync(card))["payment_status"]);
        Assert.Equal("Pay S$11.30", PageText.Heading(await app.Pages.OpenAsync(payNow)));
    }

    [Fact]
    public async Task Should_go_on_after_an_answer_that_was_lost()
    {
        await using var app = await StripeApp.StartAsync(sendsNotices: false);
        var id = await app.Client.CreatedPaymentAsync();
        app.Stripe.Faults.CutAfter("POST", "/v1/payment_intents", times: 2);

        Assert.Equal("Checking your payment", PageText.Heading(await app.Pages.FollowAsync(id, StripeApp.Form("paynow"))));
        Assert.Equal("Scan to pay S$11.30", PageText.Heading(await app.Pages.FollowAsync(id, new Dictionary<string, string> { ["action"] = "look" })));

        Assert.Single(app.Stripe.Objects("payment_intent"));
        Assert.Single(app.Stripe.Requests.Where(request => request.Method == "POST").Select(request => request.IdempotencyKey).Distinct());
    }

    [Theory]
    [InlineData(429)]
    [InlineData(409)]
    [InlineData(500)]
    public async Task Should_not_take_for_an_answer_what_is_none(int status)
    {
        await using var app = await StripeApp.StartAsync(sendsNotices: false);
        var id = await app.Client.CreatedPaymentAsync();
        app.Stripe.Faults.Refuse("POST", "/v1/checkout/sessions", status, times: 2);

        Assert.Equal("Checking your payment", PageText.Heading(await app.Pages.FollowAsync(id, StripeApp.Form("card"))));
        Assert.Equal(["charge"], await app.WaitingAsync());

        app.Stripe.Faults.Clear();
        await app.SweepAsync();
        Assert.Equal("Waiting for your card payment", PageText.Heading(await app.Pages.OpenAsync(id, "?step=waiting")));
        Assert.True(app.Stripe.PayCard(StripeApp.SessionOn(await app.Pages.OpenAsync(id, "?step=onward"))));
    }

    [Fact]
    public async Task Should_give_up_what_Stripe_never_answers_after_a_quarter_of_an_hour()
    {
        await using var app = await StripeApp.StartAsync(sendsNotices: false);
        var id = await app.Client.CreatedPaymentAsync();
        app.Stripe.Faults.FailAfter("POST", "/v1/payment_intents");
        app.Stripe.Faults.Refuse("POST", "/v1/payment_intents", 500, times: 1);
        await app.Pages.FollowAsync(id, StripeApp.Form("paynow"));

        // The 500 is stored at Stripe and is the answer to each repetition.
        app.Clock.Shift = TimeSpan.FromMinutes(5);
        await app.SweepAsync();
        app.Clock.Shift = TimeSpan.FromMinutes(16);
        await app.SweepAsync();

        Assert.Empty(await app.WaitingAsync());
        Assert.Equal("Pay S$11.30", PageText.Heading(await app.Pages.OpenAsync(id)));
        app.Stripe.Faults.Clear();
        Assert.True(app.Stripe.SettlePayNow(await app.BeginPayNowAsync(id), succeeds: true));
    }

    [Fact]
    public async Task Should_be_paid_when_the_payer_was_faster_than_the_agency_that_cancels()
    {
        await using var app = await StripeApp.StartAsync(sendsNotices: false);
        var id = await app.Client.CreatedPaymentAsync();
        Assert.True(app.Stripe.PayCard(await app.BeginCardAsync(id)));

        Assert.Equal("payment_not_cancellable", (await app.Client.CancelAsync(id)).Expect(HttpStatusCode.PaymentRequired).ErrorCode);
        Assert.Equal("paid", (await app.Client.GetPaymentAsync(id))["payment_status"]);
    }

    [Fact]
    public async Task Should_end_the_object_at_Stripe_when_the_agency_cancels()
    {
        await using var app = await StripeApp.StartAsync();
        var id = await app.Client.CreatedPaymentAsync();
        var session = await app.BeginCardAsync(id);

        (await app.Client.CancelAsync(id)).Expect(HttpStatusCode.OK);

        Assert.False(app.Stripe.PayCard(session));
        await StripeContract.CheckAsync(app.Stripe.Requests, app.Stripe.Events.All);
    }

    [Fact]
    public async Task Should_not_believe_an_object_of_another_amount()
    {
        await using var app = await StripeApp.StartAsync(sendsNotices: false);
        var first = await app.Client.CreatedPaymentAsync();
        var intent = await app.BeginPayNowAsync(first);
        Assert.True(app.Stripe.SettlePayNow(intent, succeeds: true));

        // Somebody writes the reference of what was paid onto a dearer payment.
        var dear = await app.Client.CreatedPaymentAsync(A.Payment().Of(500_000));
        await app.BeginPayNowAsync(dear);
        await StoredPayments.ChangeAttemptAsync(app.Product, dear, attempt => attempt with { Handle = attempt.Handle! with { Reference = intent } });
        await app.Pages.FollowAsync(dear, new Dictionary<string, string> { ["action"] = "look" });

        Assert.Equal("unpaid", (await app.Client.GetPaymentAsync(dear))["payment_status"]);
        Assert.Contains(app.Product.Log.All, line => line.Message.Contains("does not belong to what is stored here", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Should_end_what_is_older_than_a_key_of_Stripes_only_where_it_is_still_open()
    {
        await using var app = await StripeApp.StartAsync(sendsNotices: false);
        var left = await app.Client.CreatedPaymentAsync();
        var open = await app.BeginPayNowAsync(left);
        var other = await app.Client.CreatedPaymentAsync();
        var session = await app.BeginCardAsync(other);
        app.Stripe.Faults.Refuse("POST", $"/v1/payment_intents/{open}/cancel", 500, times: 100);
        app.Stripe.Faults.Refuse("POST", $"/v1/checkout/sessions/{session}/expire", 500, times: 100);
        app.Clock.Shift = TimeSpan.FromMinutes(61);
        await app.SweepAsync();
        app.Stripe.Faults.Clear();
        var asked = app.Stripe.Requests.Count;

        app.Clock.Shift = TimeSpan.FromHours(24);
        await app.SweepAsync();

        Assert.Equal("canceled", app.Stripe.Object(open)["status"]!.GetValue<string>());
        Assert.Empty(await app.WaitingAsync());
        var sent = app.Stripe.Requests.Skip(asked).Select(request => $"{request.Method} {request.Path.Split('?')[0]}").ToList();
        Assert.Equal([$"GET /v1/payment_intents/{open}", $"POST /v1/payment_intents/{open}/cancel"], sent.Where(line => line.Contains(open, StringComparison.Ordinal)));
        Assert.All(sent.Where(line => line.Contains(session, StringComparison.Ordinal)), line => Assert.StartsWith("GET ", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Should_refuse_a_card_that_is_posted_to_us_and_not_log_it()
    {
        await using var app = await StripeApp.StartAsync();
        var id = await app.Client.CreatedPaymentAsync();

        (await app.Pages.SubmitAsync(id, PageClient.Card())).Expect(HttpStatusCode.BadRequest);

        Assert.Empty(app.Stripe.Requests);
        Assert.DoesNotContain(app.Product.Log.All, line => PageClient.TellsCardNumber(line.Message));
        Assert.DoesNotContain("card_number", await app.Pages.OpenAsync(id, "?step=details&method=card"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("card_number", "pay")]
    [InlineData("card_number", "look")]
    [InlineData("card_number", "settle")]
    [InlineData("card_number", "")]
    [InlineData("CARD_NUMBER", "pay")]
    [InlineData("card_expiry", "pay")]
    [InlineData("card_code", "pay")]
    [InlineData("card_name", "pay")]
    public async Task Should_refuse_each_field_of_a_card_on_every_page_whatever_the_form_asks_for(string field, string action)
    {
        await using var app = await StripeApp.StartAsync(sendsNotices: false);
        var reffNo = (await app.Product.Singapay.CreatedLinkAsync()).ReffNo();

        foreach (var (path, method) in (IEnumerable<(string, string)>)[
            (PageClient.PathOf(await app.Client.CreatedPaymentAsync()), "paynow"), ($"/b2b/{reffNo}", "NICEPAY_CARD"), ($"/b2b/{reffNo}", "QRIS"), ($"/b2b/{reffNo}", "")])
        {
            using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["action"] = action, ["method"] = method, [field] = "4242 4242 4242 4242" });
            var answer = await app.Pages.SendAsync(new HttpRequestMessage(HttpMethod.Post, path) { Content = form });

            answer.Expect(HttpStatusCode.BadRequest);
            Assert.False(PageClient.TellsCardNumber(answer.Body), answer.Body);
        }

        Assert.Empty(app.Stripe.Requests);
        Assert.DoesNotContain(app.Product.Log.All, line => PageClient.TellsCardNumber(line.Message + line.Exception));
    }

    [Fact]
    public async Task Should_not_lead_on_to_a_hosted_page_that_is_closed()
    {
        await using var app = await StripeApp.StartAsync(sendsNotices: false);
        var id = await app.Client.CreatedPaymentAsync();
        await app.BeginCardAsync(id);

        app.Clock.Shift = TimeSpan.FromMinutes(61);

        Assert.Equal("Your time to pay by card has run out", PageText.Heading(await app.Pages.OpenAsync(id, "?step=onward")));
    }

    [Fact]
    public async Task Should_send_nothing_of_an_amount_that_Stripe_does_not_charge()
    {
        await using var app = await StripeApp.StartAsync();
        var id = await app.Client.CreatedPaymentAsync(A.Payment().Of(49));

        Assert.Equal("This amount cannot be paid online", PageText.Heading(await app.Pages.OpenAsync(id, "?step=method")));
        Assert.Equal("This amount cannot be paid online", PageText.Heading(await app.Pages.FollowAsync(id, StripeApp.Form("paynow"))));
        Assert.Empty(app.Stripe.Requests);
    }

    [Fact]
    public async Task Should_send_nothing_of_more_than_Stripe_charges()
    {
        await using var app = await StripeApp.StartAsync();
        var id = await app.Client.CreatedPaymentAsync(A.Payment().Of(20_000_000));
        Assert.Equal("Choose how to pay", PageText.Heading(await app.Pages.OpenAsync(id, "?step=method")));
        await StoredPayments.ChangeAsync(app.Product, id, payment => payment with { Details = payment.Details with { AmountInCents = 20_000_001 } });

        Assert.Equal("This amount cannot be paid online", PageText.Heading(await app.Pages.OpenAsync(id, "?step=method")));
        foreach (var method in (string[])["card", "paynow"])
            Assert.Equal("This amount cannot be paid online", PageText.Heading(await app.Pages.FollowAsync(id, StripeApp.Form(method))));
        Assert.Empty(app.Stripe.Requests);
    }

    [Fact]
    public async Task Should_protect_every_page_by_the_same_headers()
    {
        await using var app = await StripeApp.StartAsync(sendsNotices: false);
        var card = await app.Client.CreatedPaymentAsync();
        var expected = Protection((await app.Pages.GetAsync(PageClient.PathOf(card))).Headers);
        await app.BeginCardAsync(card);
        var payNow = await app.Client.CreatedPaymentAsync();
        await app.BeginPayNowAsync(payNow);

        Assert.Equal(5, expected.Count);
        foreach (var (id, query) in (IEnumerable<(string, string)>)[
            (card, "?step=details&method=card"), (card, "?step=details&method=paynow"), (card, "?step=onward"), (card, "?step=back"), (card, "?step=waiting"),
            (payNow, ""), (payNow, "?step=waiting")])
        {
            var page = (await app.Pages.GetAsync(PageClient.PathOf(id) + query)).Expect(HttpStatusCode.OK);
            Assert.Equal(expected, Protection(page.Headers));
            Assert.DoesNotContain("js.stripe.com", page.Body, StringComparison.Ordinal);
        }

        static IReadOnlyList<string> Protection(IReadOnlyDictionary<string, string> headers) =>
        [
            .. ((string[])["Cache-Control", "Content-Security-Policy", "Referrer-Policy", "X-Content-Type-Options", "X-Frame-Options"]).Select(name => $"{name}: {headers[name]}"),
        ];
    }

    [Fact]
    public async Task Should_say_that_payment_links_have_no_method()
    {
        await using var app = await StripeApp.StartAsync();
        var reffNo = (await app.Product.Singapay.CreatedLinkAsync()).ReffNo();

        var page = (await app.Pages.GetAsync($"/b2b/{reffNo}")).Expect(HttpStatusCode.OK).Body;

        Assert.Equal("You cannot pay online with this link", PageText.Heading(page));
    }

    [Fact]
    public async Task Should_charge_for_the_connected_account_of_the_service_and_keep_it()
    {
        const string Account = "acct_1PaySgConnected00";
        await using var app = await StripeApp.StartAsync();
        var management = new ManagementClient(app.Product.BaseAddress);
        var service = $"{ManagementClient.ServicesPath}/{ApiClient.ServiceId}";
        (await management.PatchAsync(service, $$"""{"stripe_account_id":"{{Account}}"}""")).Expect(HttpStatusCode.OK);
        app.Clock.Shift = TimeSpan.FromSeconds(11);

        var id = await app.PaidByPayNowAsync();

        Assert.All(app.Stripe.Requests, request => Assert.Equal(Account, request.Account));
        Assert.Equal("stripe_account_in_use", (await management.PatchAsync(service, """{"stripe_account_id":null}""")).Expect(HttpStatusCode.Conflict).ErrorCode);
        (await management.PatchAsync(service, $$"""{"stripe_account_id":"{{Account}}","name":"Same"}""")).Expect(HttpStatusCode.OK);
        (await app.Client.RefundAsync(id, 100)).Expect(HttpStatusCode.OK);
        Assert.All(app.Stripe.Requests, request => Assert.Equal(Account, request.Account));
    }

    [Fact]
    public async Task Should_take_another_account_until_a_payer_has_begun()
    {
        await using var app = await StripeApp.StartAsync(sendsNotices: false);
        var management = new ManagementClient(app.Product.BaseAddress);
        var service = $"{ManagementClient.ServicesPath}/{ApiClient.ServiceId}";
        foreach (var account in (string?[])["acct_1234567890123456", "acct_" + new string('Z', 32), null, "acct_abcdefghijklmnop"])
            await ChangeAsync(account, HttpStatusCode.OK);
        var id = await app.Client.CreatedPaymentAsync();
        await ChangeAsync("acct_1234567890123456", HttpStatusCode.OK);

        await app.BeginCardAsync(id);

        foreach (var account in (string?[])["acct_abcdefghijklmnop", null])
            await ChangeAsync(account, HttpStatusCode.Conflict);
        await ChangeAsync("acct_1234567890123456", HttpStatusCode.OK);

        async Task ChangeAsync(string? account, HttpStatusCode expected) =>
            (await management.PatchAsync(service, new JsonObject { ["stripe_account_id"] = account }.ToJsonString())).Expect(expected);
    }

    [Theory]
    [InlineData("acct_1")]
    [InlineData("acct_1234567890123456789012345678901234")]
    [InlineData("account_1234567890123456")]
    [InlineData("acct_12345678901234-6")]
    [InlineData("acct_123456789012345")]
    [InlineData("acct_123456789012345678901234567890123")]
    [InlineData("ACCT_1234567890123456")]
    [InlineData("acct_1234567890123456 ")]
    [InlineData("acct_1234567890123456\n")]
    [InlineData(" ")]
    [InlineData("")]
    public async Task Should_refuse_an_account_of_the_wrong_form(string account)
    {
        await using var app = await StripeApp.StartAsync();
        var management = new ManagementClient(app.Product.BaseAddress);

        var answer = await management.PatchAsync($"{ManagementClient.ServicesPath}/{ApiClient.ServiceId}", new JsonObject { ["stripe_account_id"] = account }.ToJsonString());

        Assert.Equal("stripe_account_id", answer.Expect(HttpStatusCode.BadRequest).Json.GetProperty("error").GetProperty("data").GetProperty("errors")[0].GetProperty("field").GetString());
    }

    [Theory]
    [InlineData("card")]
    [InlineData("paynow")]
    public async Task Should_cost_three_requests_to_storage_and_one_to_Stripe_to_begin(string method)
    {
        await using var app = await StripeApp.StartAsync(sendsNotices: false);
        await app.Pages.SubmitAsync(await app.Client.CreatedPaymentAsync(), StripeApp.Form(method));
        var id = await app.Client.CreatedPaymentAsync();
        app.Product.HttpTraffic.Forget();
        var asked = app.Stripe.Requests.Count;

        (await app.Pages.SubmitAsync(id, StripeApp.Form(method))).Expect(HttpStatusCode.SeeOther);

        // The payment is read; the intention is written, and the outcome.
        Assert.Equal(["GET", "POST", "POST"], Methods(app.Product.HttpTraffic));
        Assert.Empty(app.Product.HttpTraffic.QueueRequests);
        Assert.Equal(asked + 1, app.Stripe.Requests.Count);
    }

    [Theory]
    [InlineData("card")]
    [InlineData("paynow")]
    public async Task Should_cost_four_requests_to_storage_and_one_to_Stripe_beside_the_notice_to_be_paid_by_one(string method)
    {
        await using var app = await StripeApp.StartAsync(sendsNotices: false, settings: new Dictionary<string, string> { ["AzureWebJobs.Sweep.Disabled"] = "true" });
        var id = await app.Client.CreatedPaymentAsync();
        Assert.True(method == "card" ? app.Stripe.PayCard(await app.BeginCardAsync(id)) : app.Stripe.SettlePayNow(await app.BeginPayNowAsync(id), succeeds: true));
        app.Product.HttpTraffic.Forget();
        app.Product.BackgroundTraffic.Forget();
        var asked = app.Stripe.Requests.Count;

        foreach (var told in app.Stripe.Events.All)
        {
            await app.Stripe.Events.DeliverAsync(told, app.NoticeUrl);
            await Eventually.TrueAsync(() => app.Product.BackgroundTraffic.Requests.Any(request => request.Method == "DELETE"));
            Assert.Equal(["POST"], Methods(app.Product.HttpTraffic));
            Assert.Single(app.Product.HttpTraffic.QueueRequests);

            // Payment and attempt are read and written, and the notice is forgotten. Another notice of the same finds nothing to write.
            Assert.Equal(told == app.Stripe.Events.All[0] ? ["DELETE", "GET", "GET", "POST"] : ["DELETE", "GET", "GET"], Methods(app.Product.BackgroundTraffic).Order(StringComparer.Ordinal));
            app.Product.HttpTraffic.Forget();
            app.Product.BackgroundTraffic.Forget();
        }

        Assert.Equal(app.Stripe.Events.All.Count, app.Stripe.Requests.Count - asked);
        Assert.Equal("paid", (await app.Client.GetPaymentAsync(id))["payment_status"]);
    }

    [Fact]
    public async Task Should_cost_four_requests_to_storage_and_one_to_Stripe_to_be_found_paid_by_asking()
    {
        await using var app = await StripeApp.StartAsync(sendsNotices: false);
        var id = await app.Client.CreatedPaymentAsync();
        Assert.True(app.Stripe.PayCard(await app.BeginCardAsync(id)));
        app.Product.HttpTraffic.Forget();
        var asked = app.Stripe.Requests.Count;

        await app.Pages.SubmitAsync(id, new Dictionary<string, string> { ["action"] = "look" });

        Assert.Equal(["GET", "GET", "GET", "POST"], Methods(app.Product.HttpTraffic));
        Assert.Equal(asked + 1, app.Stripe.Requests.Count);
    }

    /// <summary>Requests to tables, without what is remembered for seconds: marks of work, payment services, and who subscribes to what.</summary>
    private static IEnumerable<string> Methods(StorageTraffic traffic) => traffic.TableRequests
        .Where(request => !request.Url.AbsolutePath.Contains("/paysgaccess", StringComparison.Ordinal) && !request.Url.AbsolutePath.EndsWith("/paysgwebhooks()", StringComparison.Ordinal))
        .Select(request => request.Method);
}
