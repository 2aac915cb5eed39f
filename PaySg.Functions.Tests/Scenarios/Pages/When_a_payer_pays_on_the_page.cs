using System.Net;
using Azure.Data.Tables;
using PaySg.Functions.Gateway;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Scenarios;

public sealed class When_a_payer_pays_on_the_page : IAsyncLifetime
{
    private readonly ScriptedGateway gateway = new();
    private PaySgApp app = null!;

    private PageClient Pages => new(app.BaseAddress);

    public async Task InitializeAsync() => app = await PaySgApp.StartAsync(services: gateway.Register);

    public async Task DisposeAsync() => await app.DisposeAsync();

    [Theory]
    [InlineData("4242 4242 4242 4242", "123")]
    [InlineData("5555555555554444", "123")]
    [InlineData("3782 822463 10005", "1234")]
    public async Task Should_charge_a_card_and_show_the_receipt(string number, string code)
    {
        var id = await app.Client.CreatedPaymentAsync();
        var card = PageClient.Card(number);
        card["card_code"] = code;

        var sent = (await Pages.SubmitAsync(id, card)).Expect(HttpStatusCode.SeeOther);

        Assert.Equal($"/payments/{id}?step=done", sent.Headers["Location"]);
        Assert.Contains("paid", PageText.Heading(await Pages.OpenAsync(id, "?step=done")), StringComparison.Ordinal);
        Assert.Equal("paid", (await app.Client.GetPaymentAsync(id))["payment_status"]);
        Assert.Equal("card", (await OnlyAttemptAsync()).Method);
    }

    [Theory]
    [InlineData("4000000000000002", "declined the card")]
    [InlineData("4000000000009995", "Insufficient funds")]
    [InlineData("4000000000000069", "card has expired")]
    [InlineData("4000000000000127", "security code was wrong")]
    public async Task Should_say_why_nothing_was_charged_and_let_the_payer_try_again(string number, string why)
    {
        var id = await app.Client.CreatedPaymentAsync();

        var failed = await Pages.FollowAsync(id, PageClient.Card(number));

        Assert.Contains("Payment not made", PageText.Heading(failed), StringComparison.Ordinal);
        Assert.Contains(why, PageText.Of(failed), StringComparison.Ordinal);
        Assert.Contains("href=\"?step=details&amp;method=card\">Try again", failed, StringComparison.Ordinal);
        Assert.Equal("unpaid", (await app.Client.GetPaymentAsync(id))["payment_status"]);
        Assert.Contains("paid", PageText.Heading(await Pages.FollowAsync(id, PageClient.Card())), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_say_what_is_true_whatever_the_address_says()
    {
        string[] forged =
        [
            "?step=failed", "?step=failed&method=card&reason=insufficient_funds", "?step=failed&method=paynow&reason=card_declined", "?step=waiting", "?step=back",
            "?step=onward", "?step=done", "?step=locked", "?step=cancelled", "?step=paid",
        ];
        var id = await app.Client.CreatedPaymentAsync();
        foreach (var query in forged)
            Assert.Equal("Pay S$11.30", PageText.Heading(await Pages.OpenAsync(id, query)));

        await Pages.FollowAsync(id, PageClient.Card("4000000000000069"));
        foreach (var query in forged.Take(3))
            Assert.Contains("The card has expired", PageText.Of(await Pages.OpenAsync(id, query)), StringComparison.Ordinal);

        await Pages.FollowAsync(id, PageClient.PayNow());
        foreach (var query in forged)
            Assert.Equal("Scan to pay S$11.30", PageText.Heading(await Pages.OpenAsync(id, query)));

        await Pages.FollowAsync(id, PageClient.Card());
        foreach (var query in forged)
            Assert.Equal("✓ S$11.30 paid", PageText.Heading(await Pages.OpenAsync(id, query)));
    }

    [Fact]
    public async Task Should_wait_for_the_bank_of_a_slow_card()
    {
        var id = await app.Client.CreatedPaymentAsync();

        var waiting = await Pages.FollowAsync(id, PageClient.Card("4000000000003220"));

        Assert.Equal("Waiting for your bank", PageText.Heading(waiting));
        Assert.Contains("paid", PageText.Heading(await Pages.FollowAsync(id, PageClient.Settle(PageText.Hidden(waiting, "attempt")))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_show_a_PayNow_code_and_the_receipt_once_it_was_scanned()
    {
        var id = await app.Client.CreatedPaymentAsync(A.Payment().ReturningTo("https://eservice.example.gov.sg/done"));

        var code = await Pages.FollowAsync(id, PageClient.PayNow());

        Assert.Equal("Scan to pay S$11.30", PageText.Heading(code));
        Assert.Contains($"aria-label=\"PayNow QR code for S$11.30, reference {id}\"", code, StringComparison.Ordinal);
        Assert.Equal(PageText.Heading(code), PageText.Heading(await Pages.OpenAsync(id)));
        Assert.Equal(PageText.Heading(code), PageText.Heading(await Pages.FollowAsync(id, [new("action", "look")])));
        var receipt = await Pages.FollowAsync(id, PageClient.Settle(PageText.Hidden(code, "attempt")));
        Assert.Contains("paid", PageText.Heading(receipt), StringComparison.Ordinal);
        Assert.Contains("http-equiv=\"refresh\"", receipt, StringComparison.Ordinal);
        Assert.Equal("paynow", (await OnlyAttemptAsync()).Method);
    }

    [Fact]
    public async Task Should_let_the_payer_start_again_after_a_scan_that_failed()
    {
        var id = await app.Client.CreatedPaymentAsync();
        var code = await Pages.FollowAsync(id, PageClient.PayNow());

        var failed = await Pages.FollowAsync(id, PageClient.Settle(PageText.Hidden(code, "attempt"), "failed"));

        Assert.Contains("Payment not made", PageText.Heading(failed), StringComparison.Ordinal);
        Assert.Equal("Pay S$11.30", PageText.Heading(await Pages.OpenAsync(id)));
    }

    [Fact]
    public async Task Should_charge_once_where_the_payer_switches_the_method_midway()
    {
        var id = await app.Client.CreatedPaymentAsync();
        var code = await Pages.FollowAsync(id, PageClient.PayNow());

        Assert.Contains("paid", PageText.Heading(await Pages.FollowAsync(id, PageClient.Card())), StringComparison.Ordinal);
        var late = (await Pages.SubmitAsync(id, PageClient.Settle(PageText.Hidden(code, "attempt")))).Expect(HttpStatusCode.PaymentRequired);

        Assert.Equal("This step is out of date", PageText.Heading(late.Body));
        Assert.Single(await StoredRows.OfAsync(app.Connection, "paysgsandbox", "charge"));
    }

    [Fact]
    public async Task Should_show_the_receipt_to_whoever_sends_the_form_again()
    {
        var id = await app.Client.CreatedPaymentAsync();
        await Pages.FollowAsync(id, PageClient.Card());

        foreach (var form in (IDictionary<string, string>[])[PageClient.Card(), PageClient.Card("1"), PageClient.PayNow(), new Dictionary<string, string> { ["action"] = "look" }])
            Assert.Contains("paid", PageText.Heading(await Pages.FollowAsync(id, form)), StringComparison.Ordinal);
        Assert.Single(await StoredRows.OfAsync(app.Connection, "paysgsandbox", "charge"));
    }

    [Fact]
    public async Task Should_say_that_the_payment_was_cancelled_while_the_payer_typed()
    {
        var id = await app.Client.CreatedPaymentAsync();
        await Pages.OpenAsync(id, "?step=details&method=card");
        (await app.Client.CancelAsync(id)).Expect(HttpStatusCode.OK);

        Assert.Equal("This payment was cancelled", PageText.Heading(await Pages.FollowAsync(id, PageClient.Card())));
        Assert.Empty(await StoredRows.OfAsync(app.Connection, "paysgsandbox", "charge"));
    }

    [Fact]
    public async Task Should_tell_the_payer_to_wait_where_the_gateway_is_silent_and_show_the_truth_when_it_speaks()
    {
        var id = await app.Client.CreatedPaymentAsync();
        var calls = 0;
        gateway.Mood = () => calls++ == 0 ? GatewayMood.Answers : GatewayMood.FailsAfter;

        var waiting = await Pages.FollowAsync(id, PageClient.Card());
        Assert.Equal("Checking your payment", PageText.Heading(waiting));
        Assert.DoesNotContain("Simulate", waiting, StringComparison.Ordinal);
        Assert.Equal("Checking your payment", PageText.Heading(await Pages.FollowAsync(id, [new("action", "look")])));

        gateway.Mood = static () => GatewayMood.Answers;
        Assert.Contains("paid", PageText.Heading(await Pages.FollowAsync(id, [new("action", "look")])), StringComparison.Ordinal);
        Assert.Single(await StoredRows.OfAsync(app.Connection, "paysgsandbox", "charge"));
    }

    [Fact]
    public async Task Should_say_that_the_money_goes_back_where_the_agency_cancelled_while_the_bank_was_asked()
    {
        var late = new ScriptedGateway { ChargesVoidedAttempts = true };
        await using var other = await PaySgApp.StartAsync(services: late.Register);
        using var pages = new PageClient(other.BaseAddress);
        var id = await other.Client.CreatedPaymentAsync();
        late.BeforeConfirm = async () => (await other.Client.CancelAsync(id)).Expect(HttpStatusCode.OK);

        var page = (await pages.SubmitAsync(id, PageClient.Card())).Expect(HttpStatusCode.PaymentRequired);

        Assert.Contains("is being refunded", PageText.Of(page.Body), StringComparison.Ordinal);
        await LocalHost.Eventually.TrueAsync(() => late.Refunded.Count == 1);
        Assert.Equal("This payment was cancelled", PageText.Heading(await pages.OpenAsync(id)));
    }

    [Fact]
    public async Task Should_ask_to_try_again_where_the_simulated_bank_decides_and_the_gateway_is_silent()
    {
        var id = await app.Client.CreatedPaymentAsync();
        var attempt = PageText.Hidden(await Pages.FollowAsync(id, PageClient.PayNow()), "attempt");
        gateway.Mood = static () => GatewayMood.FailsBefore;

        (await Pages.SubmitAsync(id, PageClient.Settle(attempt))).Expect(HttpStatusCode.ServiceUnavailable);

        gateway.Mood = static () => GatewayMood.Answers;
        Assert.Contains("paid", PageText.Heading(await Pages.FollowAsync(id, PageClient.Settle(attempt))), StringComparison.Ordinal);
        Assert.Single(await StoredRows.OfAsync(app.Connection, "paysgsandbox", "charge"));
    }

    [Fact]
    public async Task Should_stop_a_payer_who_guesses()
    {
        var id = await app.Client.CreatedPaymentAsync();
        for (var i = 0; i < 20; i++)
            await app.Client.PayAsync(id, "declined");

        var refused = (await Pages.SubmitAsync(id, PageClient.Card())).Expect(HttpStatusCode.TooManyRequests);

        Assert.Equal("Too many attempts", PageText.Heading(refused.Body));
        Assert.Contains("in 24 hours", PageText.Of(refused.Body), StringComparison.Ordinal);
        Assert.True(refused.Headers.ContainsKey("Retry-After"));
        Assert.Equal("unpaid", (await app.Client.GetPaymentAsync(id))["payment_status"]);

        // The page says so before it invites to pay.
        foreach (var query in (string[])["", "?step=method", "?step=details&method=card", "?step=failed"])
        {
            var page = await Pages.OpenAsync(id, query);
            Assert.Equal("! Too many attempts", PageText.Heading(page));
            Assert.Matches(@"You can try again after \d+ \w+ \d+, \d\d:\d\d \(Singapore time\)\. Nothing was charged\. Your bank declined the card", PageText.Of(page));
            Assert.DoesNotContain("<form", page, StringComparison.Ordinal);
            Assert.DoesNotContain("Proceed", page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Should_keep_what_is_under_way_payable_where_too_many_attempts_failed_before()
    {
        var id = await app.Client.CreatedPaymentAsync();
        for (var i = 0; i < 19; i++)
            await app.Client.PayAsync(id, "declined");
        var code = await Pages.FollowAsync(id, PageClient.PayNow());

        Assert.Equal("Scan to pay S$11.30", PageText.Heading(await Pages.OpenAsync(id)));
        Assert.Equal("! Too many attempts", PageText.Heading(await Pages.OpenAsync(id, "?step=method")));
        Assert.Contains("paid", PageText.Heading(await Pages.FollowAsync(id, PageClient.Settle(PageText.Hidden(code, "attempt")))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_keep_no_card_number_anywhere()
    {
        var id = await app.Client.CreatedPaymentAsync();
        var code = PageClient.Card("4000000000009995");
        code["card_code"] = "987";
        (await Pages.SubmitAsync(id, code)).Expect(HttpStatusCode.SeeOther);
        var wrong = (await Pages.SubmitAsync(id, new Dictionary<string, string>(PageClient.Card("4111 1111 1111 1111")) { ["card_name"] = "4111 1111 1111 1111" })).Expect(HttpStatusCode.BadRequest);
        (await Pages.SubmitAsync(id, PageClient.Card())).Expect(HttpStatusCode.SeeOther);

        string[] secrets = ["4242424242424242", "4242 4242 4242 4242", "4000000000009995", "4111 1111 1111 1111", "4111111111111111", "tok_", "987"];
        var stored = new List<string>();
        foreach (var table in (string[])["paysgpayments", "paysgsandbox", "paysgaccess", "paysgdeliveries", "paysgwebhooks"])
            stored.AddRange((await StoredRows.OfAsync(app.Connection, table, "")).Select(Print));
        foreach (var secret in secrets)
        {
            // The page names a test card to whoever has none, and no page repeats what was typed.
            Assert.DoesNotContain(secret, wrong.Body.Replace("4242 4242 4242 4242", "", StringComparison.Ordinal), StringComparison.Ordinal);
            if (secret != "987")
            {
                Assert.DoesNotContain(stored, row => row.Contains(secret, StringComparison.Ordinal));
                Assert.DoesNotContain(app.Log.All, line => (line.Message + line.Exception).Contains(secret, StringComparison.Ordinal));
            }
        }
    }

    [Fact]
    public async Task Should_pay_in_three_round_trips_besides_the_gateway_and_no_message_where_nobody_subscribes()
    {
        await Pages.FollowAsync(await app.Client.CreatedPaymentAsync(), PageClient.Card());
        var id = await app.Client.CreatedPaymentAsync();
        app.HttpTraffic.Forget();

        (await Pages.SubmitAsync(id, PageClient.Card())).Expect(HttpStatusCode.SeeOther);

        Assert.Equal(3, app.HttpTraffic.TableRequests.Count(request => !request.Writes("paysgsandbox")));
        Assert.Empty(app.HttpTraffic.QueueRequests);
    }

    private static string Print(TableEntity row) => string.Join('\n', row.Select(column =>
        $"{column.Key}={(column.Value is byte[] bytes ? System.Text.Encoding.UTF8.GetString(bytes) : column.Value)}"));

    private async Task<ChargeAttempt> OnlyAttemptAsync() =>
        ChargeAttemptRows.Read(Assert.Single(await StoredRows.OfAsync(app.Connection, "paysgpayments", "a:")));
}
