using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PaySg.Functions.Gateway;
using PaySg.Functions.Gateway.Sandbox;
using PaySg.Functions.Pages.PaymentLinks;
using PaySg.Functions.PaymentLinks;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Scenarios;

public sealed class When_a_payer_pays_on_a_link_page : IAsyncLifetime
{
    // The sweeper is not waited for: the test does its work when it is due.
    private static readonly Dictionary<string, string> NoSweeper = new() { ["AzureWebJobs.Sweep.Disabled"] = "true" };

    private readonly ScriptedGateway gateway = new();
    private readonly ShiftedClock clock = new();
    private PaySgApp app = null!;

    private LinkPageClient Pages => new(app.BaseAddress);

    public async Task InitializeAsync() => app = await PaySgApp.StartAsync(settings: NoSweeper, services: (group, services) =>
    {
        gateway.Register(group, services);
        services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock));
    });

    public async Task DisposeAsync() => await app.DisposeAsync();

    [Fact]
    public async Task Should_charge_a_card_count_the_use_and_show_the_receipt()
    {
        var link = await app.AddLinkAsync(LinkPageStates.Link());

        var receipt = await Pages.FollowAsync(link, await Pages.FormAsync(link, "NICEPAY_CARD", typed: LinkPageClient.Customer()));

        Assert.Contains("Rp 165.000 paid", PageText.Heading(receipt), StringComparison.Ordinal);
        Assert.Contains("Paid to Demo merchant Paid by Siti Café Paid on", PageText.Of(receipt), StringComparison.Ordinal);
        Assert.Contains("Paid with Visa ending in 4242", PageText.Of(receipt), StringComparison.Ordinal);
        Assert.DoesNotContain("current name", receipt, StringComparison.Ordinal);
        var attempt = Assert.Single(await app.AttemptsAsync(link));
        Assert.Equal((ChargeAttemptStatus.Succeeded, "NICEPAY_CARD"), (attempt.Status, attempt.MethodCode));
        Assert.Equal(("Siti Café", "siti@example.com", "081234567890"), (attempt.Customer.Name, attempt.Customer.Email, attempt.Customer.Phone));
        Assert.Equal(1, (await app.LinkAsync(link)).CurrentUsage);
        Assert.Single(await StoredLinks.EventsAsync(app.Connection));
    }

    [Theory]
    [InlineData("QRIS", "Scan to pay Rp 20.000", "QRIS code for Rp 20.000")]
    [InlineData("VA_BRI", "Transfer Rp 20.000", "Virtual Account BRI")]
    [InlineData("ALFAMART", "Pay Rp 20.000 at Alfamart", "Payment code")]
    [InlineData("EWALLET_GOPAY", "Confirm in GoPay", "E-wallet GoPay")]
    public async Task Should_wait_for_a_payer_who_pays_elsewhere_and_show_the_receipt_then(string method, string heading, string shown)
    {
        var link = await app.AddLinkAsync();

        var waiting = await Pages.FollowAsync(link, await Pages.FormAsync(link, method));
        Assert.Equal(heading, PageText.Heading(waiting));
        Assert.Contains(shown, waiting, StringComparison.Ordinal);
        var attempt = Assert.Single(await app.AttemptsAsync(link));
        Assert.Equal((ChargeAttemptStatus.Pending, method), (attempt.Status, attempt.MethodCode));
        if (method is "VA_BRI" or "ALFAMART")
            Assert.Contains(attempt.MethodValue, PageText.Of(waiting).Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal(heading, PageText.Heading(await Pages.FollowAsync(link, LinkPageClient.Act("look", attempt.ReffNo))));
        Assert.Equal(heading, PageText.Heading(await Pages.OpenAsync(link, LinkPageClient.AttemptOf(attempt.ReffNo))));

        var receipt = await Pages.FollowAsync(link, LinkPageClient.Act("settle", attempt.ReffNo, "succeeded"));

        Assert.Contains("Rp 20.000 paid", PageText.Heading(receipt), StringComparison.Ordinal);
        Assert.Equal(1, (await app.LinkAsync(link)).CurrentUsage);
        foreach (var again in (string[])["succeeded", "failed"])
            Assert.Equal(PageText.Heading(receipt), PageText.Heading(await Pages.FollowAsync(link, LinkPageClient.Act("settle", attempt.ReffNo, again))));
        Assert.Equal(1, (await app.LinkAsync(link)).CurrentUsage);
    }

    [Fact]
    public async Task Should_wait_for_the_bank_of_a_slow_card_and_hear_of_a_refusal()
    {
        var link = await app.AddLinkAsync();
        var waiting = await Pages.FollowAsync(link, await Pages.FormAsync(link, "NICEPAY_CARD", "4000000000003220"));
        Assert.Equal("Waiting for your bank", PageText.Heading(waiting));

        var failed = await Pages.FollowAsync(link, LinkPageClient.Act("settle", PageText.Hidden(waiting, "attempt"), "failed"));

        Assert.Contains("Payment not made", PageText.Heading(failed), StringComparison.Ordinal);
        Assert.Equal(0, (await app.LinkAsync(link)).CurrentUsage);
    }

    [Theory]
    [InlineData("4000000000000002", "declined the card")]
    [InlineData("4000000000009995", "Insufficient funds")]
    public async Task Should_say_why_nothing_was_charged_and_let_the_payer_try_again(string number, string why)
    {
        var link = await app.AddLinkAsync(A.PaymentLink().MaxUsage(1));

        var failed = await Pages.FollowAsync(link, await Pages.FormAsync(link, "NICEPAY_CARD", number));

        Assert.Contains("Payment not made", PageText.Heading(failed), StringComparison.Ordinal);
        Assert.Contains(why, PageText.Of(failed), StringComparison.Ordinal);
        Assert.Contains("href=\"?step=details&amp;method=NICEPAY_CARD\">Try again", failed, StringComparison.Ordinal);
        Assert.Contains("paid", PageText.Heading(await Pages.FollowAsync(link, await Pages.FormAsync(link, "NICEPAY_CARD"))), StringComparison.Ordinal);
        Assert.Equal(1, (await app.LinkAsync(link)).CurrentUsage);
    }

    [Fact]
    public async Task Should_pay_once_by_a_form_however_often_it_is_sent_and_whatever_is_in_it_then()
    {
        var link = await app.AddLinkAsync();
        var form = await Pages.FormAsync(link, "NICEPAY_CARD");
        var first = (await Pages.SubmitAsync(link, form)).Expect(HttpStatusCode.SeeOther).Headers["Location"];

        foreach (var (field, value) in new[] { ("card_name", "Tan Ah Kow"), ("card_number", "4000000000000002"), ("card_number", "1"), ("method", "QRIS"), ("method", "") })
        {
            var again = await Pages.SubmitAsync(link, new Dictionary<string, string>(form) { [field] = value });
            Assert.Equal(first.Split('&')[0], again.Expect(HttpStatusCode.SeeOther).Headers["Location"].Split('&')[0]);
        }

        Assert.Equal(ChargeAttemptStatus.Succeeded, Assert.Single(await app.AttemptsAsync(link)).Status);
        Assert.Equal(1, (await app.LinkAsync(link)).CurrentUsage);
        Assert.Single(await StoredRows.OfAsync(app.Connection, "paysgsandbox", "charge"));
    }

    [Fact]
    public async Task Should_not_call_done_in_an_address_what_is_not()
    {
        var link = await app.AddLinkAsync();

        Assert.EndsWith("&step=done", (await Pages.SubmitAsync(link, await Pages.FormAsync(link, "NICEPAY_CARD"))).Expect(HttpStatusCode.SeeOther).Headers["Location"], StringComparison.Ordinal);
        foreach (var (method, card) in new[] { ("QRIS", ""), ("NICEPAY_CARD", "4000000000000002"), ("NICEPAY_CARD", "4000000000003220") })
        {
            var sent = (await Pages.SubmitAsync(link, await Pages.FormAsync(link, method, card))).Expect(HttpStatusCode.SeeOther);
            Assert.EndsWith("&step=waiting", sent.Headers["Location"], StringComparison.Ordinal);
            Assert.DoesNotContain("step=done", await Pages.OpenAsync(link, new Uri(new Uri("https://x/"), sent.Headers["Location"]).Query), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Should_give_the_QRIS_code_as_a_picture_as_long_as_it_can_be_paid()
    {
        var link = await app.AddLinkAsync();
        var code = await Pages.FollowAsync(link, await Pages.FormAsync(link));
        var attempt = PageText.Hidden(code, "attempt");
        var path = $"{LinkPageClient.PathOf(link)}?attempt={attempt}&step=qr";
        Assert.Contains($"href=\"?attempt={attempt}&amp;step=qr\" download>Save the QR code", code, StringComparison.Ordinal);

        var picture = (await Pages.GetAsync(path)).Expect(HttpStatusCode.OK);
        Assert.Equal(("image/png", $"attachment; filename=\"qris-{attempt}.png\""), (picture.Headers["Content-Type"], picture.Headers["Content-Disposition"]));

        await Pages.FollowAsync(link, LinkPageClient.Act("settle", attempt, "succeeded"));
        Assert.Contains("paid", PageText.Heading((await Pages.GetAsync(path)).Expect(HttpStatusCode.OK).Body), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_lead_all_clicks_on_one_form_to_one_attempt()
    {
        var link = await app.AddLinkAsync();
        var form = await Pages.FormAsync(link, "NICEPAY_CARD");

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Pages.SubmitAsync(link, form)));

        var attempt = Assert.Single(await app.AttemptsAsync(link));
        var ends = new HashSet<string>(StringComparer.Ordinal);
        foreach (var answer in answers)
        {
            // Who came while the first click was at the gateway is led on by the form's key.
            var to = answer.Expect(HttpStatusCode.SeeOther).Headers["Location"];
            ends.Add(to.Contains("?form=", StringComparison.Ordinal) ? (await Pages.GetAsync(to)).Expect(HttpStatusCode.SeeOther).Headers["Location"] : to);
        }

        Assert.All(ends, end => Assert.StartsWith($"{LinkPageClient.PathOf(link)}?attempt={attempt.ReffNo}&step=", end, StringComparison.Ordinal));
        Assert.Equal(1, (await app.LinkAsync(link)).CurrentUsage);
        Assert.Single(await StoredRows.OfAsync(app.Connection, "paysgsandbox", "charge"));
    }

    [Fact]
    public async Task Should_take_two_tabs_for_two_payers()
    {
        var link = await app.AddLinkAsync(A.PaymentLink().MaxUsage(2));
        var (first, second) = (await Pages.FormAsync(link, "NICEPAY_CARD"), await Pages.FormAsync(link, "NICEPAY_CARD"));

        Assert.NotEqual(first["form"], second["form"]);
        Assert.Contains("paid", PageText.Heading(await Pages.FollowAsync(link, first)), StringComparison.Ordinal);
        Assert.Contains("paid", PageText.Heading(await Pages.FollowAsync(link, second)), StringComparison.Ordinal);
        Assert.Equal(2, (await app.LinkAsync(link)).CurrentUsage);
    }

    [Fact]
    public async Task Should_give_the_money_back_where_another_payer_had_the_last_use()
    {
        var link = await app.AddLinkAsync(A.PaymentLink().MaxUsage(1));
        var slow = await Pages.BegunAsync(link, "VA_BRI");
        await Pages.FollowAsync(link, await Pages.FormAsync(link, "NICEPAY_CARD"));

        var late = await Pages.FollowAsync(link, LinkPageClient.Act("settle", slow, "succeeded"));

        Assert.Contains("refunded", PageText.Heading(late), StringComparison.Ordinal);
        Assert.Equal(1, (await app.LinkAsync(link)).CurrentUsage);
    }

    [Fact]
    public async Task Should_say_to_the_payer_of_a_card_too_that_the_last_use_was_lost()
    {
        var link = await app.AddLinkAsync(A.PaymentLink().MaxUsage(1));
        var form = await Pages.FormAsync(link, "NICEPAY_CARD");
        gateway.BeforeConfirm = async () => await app.ChangeLinkAsync(link, stored => stored.CountUse(clock.GetUtcNow()));

        Assert.Contains("refunded", PageText.Heading(await Pages.FollowAsync(link, form)), StringComparison.Ordinal);
        gateway.BeforeConfirm = static () => Task.CompletedTask;
        Assert.Contains("refunded", PageText.Heading(await Pages.FollowAsync(link, form)), StringComparison.Ordinal);
        Assert.Single(await app.AttemptsAsync(link));
    }

    [Fact]
    public async Task Should_say_that_the_link_was_closed_while_the_payer_typed_and_pay_by_the_same_form_once_it_is_open_again()
    {
        var link = await app.AddLinkAsync();
        var form = await Pages.FormAsync(link, "NICEPAY_CARD");
        await app.ChangeLinkAsync(link, stored => stored with { Status = PaymentLinkStatus.Closed });

        Assert.Equal("This payment link is closed", PageText.Heading(await Pages.FollowAsync(link, form)));
        Assert.Empty(await app.AttemptsAsync(link));

        await app.ChangeLinkAsync(link, stored => stored with { Status = PaymentLinkStatus.Open });
        Assert.Contains("paid", PageText.Heading(await Pages.FollowAsync(link, form)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_offer_the_other_methods_where_the_owner_took_one_away_while_the_payer_typed()
    {
        var link = await app.AddLinkAsync();
        var form = await Pages.FormAsync(link);
        await app.ChangeLinkAsync(link, stored => stored with { WhitelistedPaymentMethod = ["VA_BRI"] });

        var again = (await Pages.SubmitAsync(link, form)).Expect(HttpStatusCode.BadRequest);

        Assert.Equal("Choose how to pay", PageText.Heading(again.Body));
        Assert.Contains("role=\"alert\"", again.Body, StringComparison.Ordinal);
        Assert.Empty(await app.AttemptsAsync(link));
    }

    [Fact]
    public async Task Should_count_a_payer_who_began_before_the_link_was_closed()
    {
        var link = await app.AddLinkAsync();
        var attempt = await Pages.BegunAsync(link);
        await app.ChangeLinkAsync(link, stored => stored with { Status = PaymentLinkStatus.Closed });

        Assert.Contains("paid", PageText.Heading(await Pages.FollowAsync(link, LinkPageClient.Act("settle", attempt, "succeeded"))), StringComparison.Ordinal);
        Assert.Equal(1, (await app.LinkAsync(link)).CurrentUsage);
    }

    [Fact]
    public async Task Should_tell_the_payer_to_wait_where_the_gateway_is_silent_and_show_the_truth_when_it_is_found_out()
    {
        var link = await app.AddLinkAsync();
        var form = await Pages.FormAsync(link, "NICEPAY_CARD");
        var calls = 0;
        gateway.Mood = () => calls++ == 0 ? GatewayMood.Answers : GatewayMood.FailsAfter;

        var waiting = await Pages.FollowAsync(link, form);
        Assert.Equal("Checking your payment", PageText.Heading(waiting));
        Assert.DoesNotContain("Simulate", waiting, StringComparison.Ordinal);
        Assert.Equal("Checking your payment", PageText.Heading(await Pages.FollowAsync(link, form)));
        var attempt = Assert.Single(await app.AttemptsAsync(link)).ReffNo;
        Assert.Equal("Checking your payment", PageText.Heading(await Pages.FollowAsync(link, LinkPageClient.Act("look", attempt))));

        gateway.Mood = static () => GatewayMood.Answers;
        Assert.Contains("paid", PageText.Heading(await Pages.FollowAsync(link, LinkPageClient.Act("look", attempt))), StringComparison.Ordinal);
        Assert.Contains("paid", PageText.Heading(await Pages.FollowAsync(link, form)), StringComparison.Ordinal);
        Assert.Equal(1, (await app.LinkAsync(link)).CurrentUsage);
        Assert.Single(await StoredRows.OfAsync(app.Connection, "paysgsandbox", "charge"));
    }

    [Fact]
    public async Task Should_ask_to_try_again_where_the_simulated_bank_decides_and_the_gateway_is_silent()
    {
        var link = await app.AddLinkAsync();
        var attempt = await Pages.BegunAsync(link);
        gateway.Mood = static () => GatewayMood.FailsBefore;

        (await Pages.SubmitAsync(link, LinkPageClient.Act("settle", attempt, "succeeded"))).Expect(HttpStatusCode.ServiceUnavailable);

        gateway.Mood = static () => GatewayMood.Answers;
        Assert.Contains("paid", PageText.Heading(await Pages.FollowAsync(link, LinkPageClient.Act("settle", attempt, "succeeded"))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_refuse_a_decision_of_the_simulated_bank_where_the_bank_has_decided_otherwise()
    {
        var link = await app.AddLinkAsync();
        var attempt = await Pages.BegunAsync(link);
        await app.Services.GetRequiredService<SandboxGateway>().DecideAsync(new AttemptKey("", attempt, attempt), succeeds: true, CancellationToken.None);

        (await Pages.SubmitAsync(link, LinkPageClient.Act("settle", attempt, "failed"))).Expect(HttpStatusCode.PaymentRequired);

        Assert.Contains("paid", PageText.Heading(await Pages.OpenAsync(link, LinkPageClient.AttemptOf(attempt))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_say_that_the_time_to_pay_is_over_and_charge_all_the_same_what_comes_before_it_is_withdrawn()
    {
        var link = await app.AddLinkAsync();
        var attempt = await Pages.BegunAsync(link);
        clock.Shift = TimeSpan.FromHours(25);

        Assert.Equal("Your time to pay has run out", PageText.Heading(await Pages.OpenAsync(link, LinkPageClient.AttemptOf(attempt))));
        Assert.Contains("paid", PageText.Heading(await Pages.FollowAsync(link, LinkPageClient.Act("settle", attempt, "succeeded"))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_ask_to_send_a_form_again_that_was_open_for_too_long()
    {
        var link = await app.AddLinkAsync(LinkPageStates.Link());
        var form = await Pages.FormAsync(link, typed: LinkPageClient.Customer());
        clock.Shift = FormKey.GoodFor + TimeSpan.FromMinutes(1);

        var again = (await Pages.SubmitAsync(link, form)).Expect(HttpStatusCode.BadRequest).Body;

        Assert.Contains("This page was open for too long. Nothing was charged.", PageText.Of(again), StringComparison.Ordinal);
        Assert.Equal("Siti Café", PageText.Hidden(again, "customer_name"));
        Assert.Empty(await app.AttemptsAsync(link));
        form["form"] = PageText.Hidden(again, "form");
        Assert.Equal("Scan to pay Rp 165.000", PageText.Heading(await Pages.FollowAsync(link, form)));
    }

    [Fact]
    public async Task Should_keep_no_card_number_anywhere()
    {
        var link = await app.AddLinkAsync(LinkPageStates.Link());
        var form = await Pages.FormAsync(link, "NICEPAY_CARD", "4000000000009995", LinkPageClient.Customer());
        (await Pages.SubmitAsync(link, form)).Expect(HttpStatusCode.SeeOther);
        var wrong = (await Pages.SubmitAsync(link, new Dictionary<string, string>(form)
        {
            ["form"] = (await Pages.FormAsync(link))["form"],
            ["card_number"] = "4111 1111 1111 1111",
            ["customer_name"] = "4111 1111 1111 1111",
        })).Expect(HttpStatusCode.BadRequest);

        var stored = new List<string>();
        foreach (var table in (string[])[StoredLinks.Table, "paysgsandbox"])
            stored.AddRange((await StoredRows.OfAsync(app.Connection, table, "")).Select(row => string.Join('\n', row.Select(column =>
                $"{column.Key}={(column.Value is byte[] bytes ? System.Text.Encoding.UTF8.GetString(bytes) : column.Value)}"))));
        Assert.Contains(stored, row => row.Contains("siti@example.com", StringComparison.Ordinal));
        foreach (var secret in (string[])["4000000000009995", "4111 1111 1111 1111", "4111111111111111", "tok_"])
        {
            Assert.DoesNotContain(secret, wrong.Body, StringComparison.Ordinal);
            Assert.DoesNotContain(stored, row => row.Contains(secret, StringComparison.Ordinal));
            Assert.DoesNotContain(app.Log.All, line => (line.Message + line.Exception).Contains(secret, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Should_pay_in_four_round_trips_and_the_key_s_record_besides_the_gateway_and_a_nudge()
    {
        var link = await app.AddLinkAsync();
        await Pages.FollowAsync(link, await Pages.FormAsync(link, "NICEPAY_CARD"));
        var form = await Pages.FormAsync(link, "NICEPAY_CARD");
        app.HttpTraffic.Forget();

        (await Pages.SubmitAsync(link, form)).Expect(HttpStatusCode.SeeOther);

        // The claim; record and link at once; begin; outcome.
        Assert.Equal(
            ["GET", "GET", "GET", "POST", "POST"],
            app.HttpTraffic.TableRequests.Where(request => !request.Writes("paysgsandbox")).Select(request => request.Method));
        Assert.Single(app.HttpTraffic.QueueRequests);
    }
}
