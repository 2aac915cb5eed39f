using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using PaySg.Functions.Access.Accounts;
using PaySg.Functions.Gateway;
using PaySg.Functions.PaymentLinks;
using PaySg.Functions.PaymentLinks.Methods;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Scenarios;

/// <summary>What the page of a payment link shows, state by state, to a browser without script.</summary>
public sealed partial class When_a_payer_opens_a_link_page(SharedApp shared) : IClassFixture<SharedApp>
{
    private const string ThankYou = "https://shop.example.com/thank-you?order=7&x=y";

    private LinkPageClient Pages => new(shared.App.BaseAddress);

    [Fact]
    public async Task Should_lead_there_from_the_url_of_the_link()
    {
        var link = await shared.App.Singapay.CreatedLinkAsync();

        var page = (await Pages.GetAsync(new Uri(link.GetProperty("payment_url").GetString()!).AbsolutePath)).Expect(HttpStatusCode.OK).Body;

        Assert.Equal("Pay Rp 100.000", PageText.Heading(page));
        Assert.Contains("To Demo merchant For Invoice Pembelian Laptop", PageText.Of(page), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_show_what_is_paid_to_whom_and_for_what()
    {
        var page = await Pages.OpenAsync(await shared.App.AddLinkAsync(LinkPageStates.Link()));

        Assert.Equal("Pay Rp 165.000", PageText.Heading(page));
        var text = PageText.Of(page);
        Assert.Contains("To Demo merchant For Kelas membatik, Sabtu pagi Details Untuk dua orang, dengan bahan dan kopi. Reference PL-", text, StringComparison.Ordinal);
        Assert.Contains("Pay before 31 Dec 2039, 23:59 (Jakarta time)", text, StringComparison.Ordinal);
        Assert.Contains(
            "Kelas membatik 2 × Rp 75.000 Rp 150.000 Bahan 1 × Rp 25.000 Rp 25.000 Potongan harga 1 × −Rp 10.000 −Rp 10.000 Total Rp 165.000 Proceed",
            text,
            StringComparison.Ordinal);
        Assert.Contains("Test mode No money moves", text, StringComparison.Ordinal);
        Assert.Contains("<html lang=\"en\">", page, StringComparison.Ordinal);
        Assert.Contains("<a href=\"mailto:merchant@example.com\">merchant@example.com</a>, <a class=\"whole\" href=\"tel:08123993201\">08123993201</a>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_show_the_sum_alone_where_the_link_has_no_items()
    {
        var text = PageText.Of(await Pages.OpenAsync(await shared.App.AddLinkAsync(A.PaymentLink().WithDetails(details => details with { Items = null, TotalAmount = 1_234_567 }))));

        Assert.Contains("Amount Item Amount Total Rp 1.234.567", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Details", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Pay before", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_offer_all_methods_in_their_groups()
    {
        var page = await Pages.OpenAsync(await shared.App.AddLinkAsync(), "?step=method");

        Assert.Equal("Choose how to pay", PageText.Heading(page));
        Assert.Equal(PaymentLinkMethods.All.Select(method => method.Code), Radio().Matches(page).Select(radio => radio.Groups["code"].Value));
        Assert.Equal(["QR code", "Bank transfer", "E-wallet", "Cash at a store", "Card"], Legend().Matches(page).Select(legend => legend.Groups["text"].Value));
    }

    [Fact]
    public async Task Should_offer_the_methods_of_the_whitelist_alone()
    {
        var link = await shared.App.AddLinkAsync(A.PaymentLink().With(terms => terms with { WhitelistedPaymentMethod = ["ALFAMART", "VA_BRI"] }));

        var page = await Pages.OpenAsync(link, "?step=method");

        Assert.Equal(["VA_BRI", "ALFAMART"], Radio().Matches(page).Select(radio => radio.Groups["code"].Value));
        Assert.Equal(["Bank transfer", "Cash at a store"], Legend().Matches(page).Select(legend => legend.Groups["text"].Value));
        Assert.Equal("Virtual Account BRI", PageText.Heading(await Pages.OpenAsync(link, "?step=details&method=VA_BRI")));
        var refused = (await Pages.GetAsync(LinkPageClient.PathOf(link) + "?step=details&method=QRIS")).Expect(HttpStatusCode.BadRequest);
        Assert.Equal("Choose how to pay", PageText.Heading(refused.Body));
    }

    [Theory]
    [InlineData("QRIS")]
    [InlineData("NICEPAY_CARD")]
    public async Task Should_ask_who_pays_where_the_link_does(string method)
    {
        var asking = await Pages.OpenAsync(await shared.App.AddLinkAsync(LinkPageStates.Link()), $"?step=details&method={method}");
        var silent = await Pages.OpenAsync(await shared.App.AddLinkAsync(), $"?step=details&method={method}");

        foreach (var (field, autocomplete, type) in new[] { ("customer_name", "name", "text"), ("customer_email", "email", "email"), ("customer_phone", "tel", "tel") })
        {
            Assert.Contains($"<label for=\"{field}\">", asking, StringComparison.Ordinal);
            Assert.Matches($"<input [^>]*type=\"{type}\" id=\"{field}\" name=\"{field}\"[^>]* autocomplete=\"{autocomplete}\"", asking);
            Assert.DoesNotContain(field, silent, StringComparison.Ordinal);
        }

        Assert.Equal(method == "NICEPAY_CARD", asking.Contains("card_number", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("?step=nowhere")]
    [InlineData("?step=done")]
    [InlineData("?attempt=")]
    [InlineData("?form=")]
    [InlineData("?form=form_01234567-89ab-7def-8123-456789abcdef")]
    [InlineData("?x=%00&step=method&step=method")]
    public async Task Should_show_the_summary_for_a_step_that_is_none(string query)
    {
        Assert.Equal("Pay Rp 20.000", PageText.Heading(await Pages.OpenAsync(await shared.App.AddLinkAsync(), query)));
    }

    [Fact]
    public async Task Should_say_why_a_link_cannot_be_paid()
    {
        var past = DateTimeOffset.FromUnixTimeMilliseconds(1740960000000);
        await SaysAsync("This payment link is closed", A.PaymentLink().In(PaymentLinkStatus.Closed).Expiring(past));
        foreach (var date in (DateTimeOffset?[])[null, past, past.AddYears(60)])
        {
            var ended = await SaysAsync("This payment link has expired", A.PaymentLink().In(PaymentLinkStatus.Expired).Expiring(date));
            Assert.Contains("The merchant has closed this link. Nothing was charged.", ended, StringComparison.Ordinal);
            Assert.DoesNotContain("valid until", ended, StringComparison.Ordinal);
        }

        Assert.Contains("until 3 Mar 2025, 07:00 (Jakarta time)", await SaysAsync("This payment link has expired", A.PaymentLink().Expiring(past)), StringComparison.Ordinal);
        await SaysAsync("This payment link is no longer available", A.PaymentLink().MaxUsage(2).Paid(2));
    }

    [Fact]
    public async Task Should_say_that_the_account_takes_no_payments()
    {
        using var other = await shared.App.OtherMerchantAsync(AccountStatus.Inactive);

        var page = await Pages.OpenAsync(await shared.App.AddLinkAsync(accountId: other.Account), "?step=details&method=QRIS");

        Assert.Equal("You cannot pay with this link at the moment", PageText.Heading(page));
        Assert.Contains("Another merchant is not accepting payments", PageText.Of(page), StringComparison.Ordinal);
        Assert.DoesNotContain("<form", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_lead_on_by_a_link_from_an_expired_page_and_send_nobody()
    {
        var expired = A.PaymentLink().In(PaymentLinkStatus.Expired).With(terms => terms with { RedirectUrl = "https://shop.example.com/", ExpiredRedirectUrl = ThankYou });

        var page = await Pages.OpenAsync(await shared.App.AddLinkAsync(expired));

        Assert.Equal((ThankYou, "Continue to shop.example.com"), WayOn(page));
        Assert.DoesNotContain("http-equiv", page, StringComparison.Ordinal);
        var closed = await Pages.OpenAsync(await shared.App.AddLinkAsync(A.PaymentLink().In(PaymentLinkStatus.Closed).With(terms => terms with { RedirectUrl = ThankYou })));
        Assert.DoesNotContain("shop.example.com", closed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_lead_on_at_once_after_paying_and_never_later()
    {
        var link = await shared.App.AddLinkAsync(A.PaymentLink().With(terms => terms with { RedirectUrl = "https://shop.example.com/", SuccessRedirectUrl = ThankYou }));
        var paid = (await shared.Client.AttemptAsync(link)).Expect(HttpStatusCode.OK)["reff_no"];

        var after = await Pages.OpenAsync(link, $"?attempt={paid}&step=done");
        Assert.Contains($"<meta http-equiv=\"refresh\" content=\"0;url={WebUtility.HtmlEncode(ThankYou)}\">", after, StringComparison.Ordinal);
        Assert.Equal((ThankYou, "Continue to shop.example.com"), WayOn(after));

        var later = await Pages.OpenAsync(link, $"?attempt={paid}");
        Assert.DoesNotContain("http-equiv", later, StringComparison.Ordinal);
        Assert.Equal(ThankYou, WayOn(later).Target);
        Assert.DoesNotContain("shop.example.com", await Pages.OpenAsync(link), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_name_on_a_receipt_whoever_was_paid_and_say_so_where_that_was_not_kept()
    {
        var link = await shared.App.AddLinkAsync();

        var kept = await AttemptAsync(link, A.LinkAttempt().Number(11).To("Old name").Paid());
        Assert.Contains("Paid to Old name", PageText.Of(kept), StringComparison.Ordinal);
        Assert.Contains("Old name received your payment on 15 Jan 2026, 09:31 (Jakarta time).", PageText.Of(kept), StringComparison.Ordinal);
        Assert.DoesNotContain("current name", kept, StringComparison.Ordinal);
        Assert.DoesNotContain("Demo merchant", kept, StringComparison.Ordinal);
        var older = await AttemptAsync(link, A.LinkAttempt().Number(12).To(null).Paid());
        Assert.Contains("This shows the merchant’s current name. It may have been different when you paid.", PageText.Of(older), StringComparison.Ordinal);
        Assert.Contains("Paid to Demo merchant", PageText.Of(older), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_show_each_attempt_as_what_it_is()
    {
        var link = await shared.App.AddLinkAsync();
        var paid = await AttemptAsync(link, A.LinkAttempt().Paid());
        Assert.Contains("Rp 20.000 paid", PageText.Heading(paid), StringComparison.Ordinal);
        Assert.Contains("Paid on 15 Jan 2026, 09:31 (Jakarta time) Paid with QRIS For tes", PageText.Of(paid), StringComparison.Ordinal);
        Assert.Contains("tes 1 × Rp 20.000 Rp 20.000 Total paid Rp 20.000", PageText.Of(paid), StringComparison.Ordinal);
        Assert.Contains("Payment not made", PageText.Heading(await AttemptAsync(link, A.LinkAttempt().Number(1).Failed("insufficient_funds"))), StringComparison.Ordinal);
        Assert.Equal("Your time to pay has run out", PageText.Heading(await AttemptAsync(link, A.LinkAttempt().Number(2).In(ChargeAttemptStatus.Pending))));
        Assert.Equal("Your time to pay has run out", PageText.Heading(await AttemptAsync(link, A.LinkAttempt().Number(3).Failed("expired"))));
        Assert.Equal("… Your payment is being refunded", PageText.Heading(await AttemptAsync(link, A.LinkAttempt().Number(4).In(ChargeAttemptStatus.Refunding))));
        var refunded = await AttemptAsync(link, A.LinkAttempt().Number(5).Failed("refunded_late"));
        Assert.Equal("↩ Rp 20.000 refunded", PageText.Heading(refunded));
        Assert.Contains("It was refunded on 15 Jan 2026, 09:31 (Jakarta time).", PageText.Of(refunded), StringComparison.Ordinal);
        Assert.Contains("<title>Rp 20.000 refunded", refunded, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_show_the_receipt_even_when_the_link_takes_no_more_payments()
    {
        var link = await shared.App.AddLinkAsync(A.PaymentLink().MaxUsage(1));
        var paid = (await shared.Client.AttemptAsync(link)).Expect(HttpStatusCode.OK)["reff_no"];
        await shared.App.ChangeLinkAsync(link, stored => stored with { Status = PaymentLinkStatus.Closed });

        Assert.Contains("Rp 20.000 paid", PageText.Heading(await Pages.OpenAsync(link, $"?attempt={paid}")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_protect_each_page_by_its_headers()
    {
        var link = await shared.App.AddLinkAsync(LinkPageStates.Link());
        var attempt = (await shared.Client.AttemptAsync(link, "pending", customer: """{"name":"Siti","email":"siti@example.com","phone":"081234567890"}"""))["reff_no"];

        foreach (var query in (string[])["", "?step=method", "?step=details&method=NICEPAY_CARD", $"?attempt={attempt}", "x", "/y"])
        {
            var page = await Pages.GetAsync(LinkPageClient.PathOf(link) + query);
            Assert.Equal("text/html; charset=utf-8", page.Headers["Content-Type"]);
            Assert.Equal(("no-store", "no-referrer", "nosniff", "DENY"), (page.Headers["Cache-Control"], page.Headers["Referrer-Policy"], page.Headers["X-Content-Type-Options"], page.Headers["X-Frame-Options"]));
            Assert.Contains("default-src 'none'", page.Headers["Content-Security-Policy"], StringComparison.Ordinal);
            Assert.Contains("form-action 'self'", page.Headers["Content-Security-Policy"], StringComparison.Ordinal);
            Assert.Contains("frame-ancestors 'none'", page.Headers["Content-Security-Policy"], StringComparison.Ordinal);
            Assert.DoesNotContain(" style=", page.Body, StringComparison.Ordinal);
            Assert.DoesNotMatch(@"<script(?![^>]* src=)", page.Body);
            Assert.DoesNotMatch(@" on[a-z]+=", page.Body);
        }
    }

    [Fact]
    public async Task Should_load_nothing_from_elsewhere_and_weigh_little()
    {
        var link = await shared.App.AddLinkAsync();
        var attempt = await Pages.BegunAsync(link);

        foreach (var query in (string[])["?step=method", LinkPageClient.AttemptOf(attempt)])
        {
            var page = await Pages.OpenAsync(link, query);
            var weight = Compressed(page);
            foreach (var path in Reference().Matches(page).Select(reference => reference.Groups["path"].Value))
            {
                Assert.StartsWith("/assets/", path, StringComparison.Ordinal);
                weight += Compressed((await Pages.GetAsync(path)).Expect(HttpStatusCode.OK).Body);
            }

            Assert.InRange(weight, 5_000, 10 * 1024);
        }
    }

    [Fact]
    public async Task Should_cost_two_round_trips_one_after_the_other_for_a_link_and_for_an_attempt()
    {
        var link = await shared.App.AddLinkAsync();
        var attempt = (await shared.Client.AttemptAsync(link, "pending"))["reff_no"];
        await Pages.OpenAsync(link);

        foreach (var (query, requests) in new[] { ("", 2), ("?step=method", 2), ("?step=details&method=QRIS", 2), ($"?attempt={attempt}", 3) })
        {
            shared.App.HttpTraffic.Forget();
            await Pages.OpenAsync(link, query);

            // An attempt is read beside its link.
            Assert.Equal(requests, shared.App.HttpTraffic.TableRequests.Count(request => !request.Url.AbsolutePath.Contains("access", StringComparison.Ordinal)));
            Assert.All(shared.App.HttpTraffic.Requests, request => Assert.Equal("GET", request.Method));
        }
    }

    [Fact]
    public async Task Should_stay_below_the_path_of_the_installation()
    {
        await using var app = await PaySgApp.StartAsync(settings: new Dictionary<string, string> { ["PaySg__PublicBaseUrl"] = "https://agency.gov.sg/pay" });
        using var pages = new LinkPageClient(app.BaseAddress);
        var link = await app.AddLinkAsync();

        var page = await pages.GetAsync(LinkPageClient.PathOf(link) + "?step=details&method=QRIS");
        var sent = (await pages.SubmitAsync(link, await pages.FormAsync(link))).Expect(HttpStatusCode.SeeOther);

        Assert.Equal("max-age=31536000", page.Headers["Strict-Transport-Security"]);
        Assert.Contains($"action=\"/pay/b2b/{link.ReffNo}\"", page.Body, StringComparison.Ordinal);
        Assert.StartsWith($"/pay/b2b/{link.ReffNo}?attempt=", sent.Headers["Location"], StringComparison.Ordinal);
    }

    /// <summary>The page's text, which must say this whatever is asked for, and offer nothing.</summary>
    private async Task<string> SaysAsync(string heading, PaymentLinkFixture fixture)
    {
        var link = await shared.App.AddLinkAsync(fixture);
        var page = "";
        foreach (var query in (string[])["?step=details&method=QRIS", "?step=method", ""])
        {
            page = await Pages.OpenAsync(link, query);
            Assert.Equal(heading, PageText.Heading(page));
            Assert.DoesNotContain("<form", page, StringComparison.Ordinal);
            Assert.DoesNotContain("Proceed", page, StringComparison.Ordinal);
        }

        return PageText.Of(page);
    }

    private async Task<string> AttemptAsync(PaymentLink link, LinkAttemptFixture fixture)
    {
        var attempt = fixture.On(link).Build();
        await StoredLinks.AddAttemptsAsync(shared.App.Connection, [attempt]);
        return await Pages.OpenAsync(link, LinkPageClient.AttemptOf(attempt.ReffNo));
    }

    private static int Compressed(string text)
    {
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.Optimal, leaveOpen: true))
            gzip.Write(Encoding.UTF8.GetBytes(text));
        return (int)target.Length;
    }

    private static (string Target, string Text) WayOn(string page)
    {
        var way = Button().Match(page);
        return (WebUtility.HtmlDecode(way.Groups["target"].Value), way.Groups["text"].Value);
    }

    [GeneratedRegex("<input type=\"radio\" name=\"method\" value=\"(?<code>[A-Z_]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Radio();

    [GeneratedRegex("<(?:link|script|img|iframe|source)[^>]* (?:href|src)=\"(?<path>[^\"]*)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Reference();

    [GeneratedRegex("<legend>(?<text>[^<]*)</legend>", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Legend();

    [GeneratedRegex("<a class=\"button\" href=\"(?<target>https:[^\"]*)\">(?<text>[^<]*)</a>", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Button();
}
