using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using PaySg.Functions.Gateway;
using PaySg.Functions.Payments.Refunds;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Scenarios;

/// <summary>What the page shows, state by state, to a browser without script.</summary>
public sealed partial class When_a_payer_opens_the_page(SharedApp shared) : IClassFixture<SharedApp>
{
    private PageClient Pages => new(shared.App.BaseAddress);

    [Fact]
    public async Task Should_show_what_is_paid_to_whom_and_for_what()
    {
        var id = await shared.Client.CreatedPaymentAsync(A.Payment().Of(123_456).With("due_date", "31-DEC-2026"));

        var page = await Pages.OpenAsync(id);

        Assert.Equal("Pay S$1,234.56", PageText.Heading(page));
        var text = PageText.Of(page);
        Assert.Contains("To Demo agency For Licence fee Reference INV-2026-0001 Payer Tan Ah Kow Due date 31 Dec 2026", text, StringComparison.Ordinal);
        Assert.Contains("Total S$1,234.56 Proceed", text, StringComparison.Ordinal);
        Assert.Contains("Test mode No money moves", text, StringComparison.Ordinal);
        Assert.DoesNotContain("GST", text, StringComparison.Ordinal);
        Assert.Contains("<html lang=\"en\">", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_show_the_agency_its_help_and_the_tax_and_the_items()
    {
        var management = new ManagementClient(shared.App.BaseAddress);
        var service = await management.CreatedServiceAsync("Licences");
        var key = (await management.IssuedKeyAsync(service, "\"view\",\"billing\"")).Secret;
        (await management.PatchAsync(
            $"{ManagementClient.ServicesPath}/{service}",
            """{"agency_name":"Ministry of Tests","support_email":"help@tests.gov.sg","support_phone":"+65 6123 4567","gst_rate_percent":9}""")).Expect(HttpStatusCode.OK);
        var payment = A.Payment().With("line_items", new System.Text.Json.Nodes.JsonArray(
            new System.Text.Json.Nodes.JsonObject { ["description"] = "Application", ["amount_in_cents"] = 1000, ["quantity"] = 2 },
            new System.Text.Json.Nodes.JsonObject { ["description"] = "Postage", ["amount_in_cents"] = 130 }));
        var id = (await shared.Client.PostAsync($"/v1/payment-services/{service}/payments", payment.ToString(), key)).Expect(HttpStatusCode.Created)["id"]!;

        var text = PageText.Of(await Pages.OpenAsync(id));

        Assert.Contains("To Ministry of Tests", text, StringComparison.Ordinal);
        Assert.Contains("Application × 2 S$10.00 Postage S$1.30 Before GST S$10.37 GST (9%) S$0.93 Total S$11.30", text, StringComparison.Ordinal);
        Assert.Contains("Contact Ministry of Tests: help@tests.gov.sg , +65 6123 4567", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1000, "Fee S$10.00 Not itemised S$1.30 Total S$11.30")]
    [InlineData(1200, "Fee S$12.00 Reduction −S$0.70 Total S$11.30")]
    public async Task Should_show_what_the_items_leave_of_the_amount_or_exceed_it_by(int cents, string shown)
    {
        var payment = A.Payment().With("line_items", new System.Text.Json.Nodes.JsonArray(
            new System.Text.Json.Nodes.JsonObject { ["description"] = "Fee", ["amount_in_cents"] = cents }));
        var id = await shared.Client.CreatedPaymentAsync(payment);

        Assert.Contains(shown, PageText.Of(await Pages.OpenAsync(id)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_lead_from_the_summary_to_a_method_and_its_details()
    {
        var id = await shared.Client.CreatedPaymentAsync();

        Assert.Contains("href=\"?step=method\">Proceed", await Pages.OpenAsync(id), StringComparison.Ordinal);
        var methods = await Pages.OpenAsync(id, "?step=method");
        Assert.Equal("Choose how to pay", PageText.Heading(methods));
        Assert.Equal(["card", "paynow"], Radio().Matches(methods).Select(radio => radio.Groups["kind"].Value));
        Assert.Equal("Enter your card details", PageText.Heading(await Pages.OpenAsync(id, "?step=details&method=card")));
        Assert.Equal("Pay with PayNow", PageText.Heading(await Pages.OpenAsync(id, "?step=details&method=paynow")));
    }

    [Fact]
    public async Task Should_name_the_fields_of_a_card_so_that_browsers_can_fill_them_in()
    {
        var page = await Pages.OpenAsync(await shared.Client.CreatedPaymentAsync(), "?step=details&method=card");

        foreach (var (field, autocomplete) in new[] { ("card_number", "cc-number"), ("card_expiry", "cc-exp"), ("card_code", "cc-csc"), ("card_name", "cc-name") })
        {
            Assert.Contains($"<label for=\"{field}\">", page, StringComparison.Ordinal);
            Assert.Matches($"<input [^>]*id=\"{field}\" name=\"{field}\"[^>]* autocomplete=\"{autocomplete}\"", page);
        }
    }

    [Theory]
    [InlineData("?step=nowhere")]
    [InlineData("?step=done")]
    [InlineData("?step=")]
    [InlineData("?x=%00&step=method&step=method")]
    public async Task Should_show_the_summary_for_a_step_that_is_none(string query)
    {
        Assert.Equal("Pay S$11.30", PageText.Heading(await Pages.OpenAsync(await shared.Client.CreatedPaymentAsync(), query)));
    }

    [Fact]
    public async Task Should_say_that_a_payment_is_cancelled()
    {
        var id = await shared.Client.CreatedPaymentAsync();
        (await shared.Client.CancelAsync(id)).Expect(HttpStatusCode.OK);

        foreach (var query in (string[])["", "?step=details&method=card", "?step=waiting"])
        {
            var page = await Pages.OpenAsync(id, query);
            Assert.Equal("This payment was cancelled", PageText.Heading(page));
            Assert.DoesNotContain("<form", page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Should_show_the_receipt_of_a_paid_payment_with_later_refunds()
    {
        var id = await shared.Client.CreatedPaymentAsync();
        (await shared.Client.PayAsync(id)).Expect(HttpStatusCode.OK);

        var receipt = await Pages.OpenAsync(id, "?step=details&method=card");
        Assert.Contains("S$11.30 paid", PageText.Heading(receipt), StringComparison.Ordinal);
        Assert.Contains($"Receipt number {id}", PageText.Of(receipt), StringComparison.Ordinal);
        Assert.DoesNotContain("<form", receipt, StringComparison.Ordinal);
        Assert.DoesNotContain("refund", receipt, StringComparison.OrdinalIgnoreCase);

        (await shared.Client.RefundAsync(id, 130)).Expect(HttpStatusCode.OK);
        (await shared.Client.RefundAsync(id, 500)).Expect(HttpStatusCode.OK);
        var text = PageText.Of(await Pages.OpenAsync(id));
        Assert.Matches($@"Credit note number {id}-C1 .* Total refunded S\$1\.30 .*Credit note number {id}-C2 .* Total refunded S\$5\.00", text);
    }

    [Fact]
    public async Task Should_say_first_what_is_true_now_with_dates_and_in_the_title_too()
    {
        var id = await shared.Client.CreatedPaymentAsync();
        (await shared.Client.PayAsync(id)).Expect(HttpStatusCode.OK);
        await SaysAsync(id, "good", "✓ S$11.30 paid", @"Demo agency received your payment on \d+ \w+ \d+, \d\d:\d\d \(Singapore time\)\. Thank you\.");

        (await shared.Client.RefundAsync(id, 500)).Expect(HttpStatusCode.OK);
        await SaysAsync(id, "back", "↩ S$5.00 of S$11.30 refunded", @"You paid S\$11\.30 on \d+ \w+ \d+, .*The last refund was on \d+ \w+ \d+, ");

        await StoredPayments.ChangeAsync(shared.App, id, payment =>
            payment.BeginRefund(new Refund { Id = "re_pending", AmountInCents = 130, CreatedAt = payment.UpdatedAt, UpdatedAt = payment.UpdatedAt }));
        await SaysAsync(id, "moving", "… S$1.30 is being refunded", @"You paid S\$11\.30 on .*Demo agency started this refund on \d+ \w+ \d+, .*S\$5\.00 of S\$11\.30 was refunded earlier\.");
        await StoredPayments.ChangeAsync(shared.App, id, payment => payment.EndRefund("re_pending", RefundStatus.Succeeded, payment.UpdatedAt));

        (await shared.Client.RefundAsync(id, 500)).Expect(HttpStatusCode.OK);
        await SaysAsync(id, "back", "↩ S$11.30 refunded", @"You paid S\$11\.30 on .*Demo agency refunded the full amount\. The last refund was on \d+ \w+ \d+, ");

        // A refund may fail after it has succeeded.
        var last = (await StoredPayments.FindAsync(shared.App, id)).Refunds[^1].Id;
        await StoredPayments.ChangeAsync(shared.App, id, payment => payment.EndRefund(last, RefundStatus.Failed, payment.UpdatedAt));
        await SaysAsync(id, "back", "↩ S$6.30 of S$11.30 refunded", @"You paid S\$11\.30 on .*The last refund was on \d+ \w+ \d+, ");
    }

    [Fact]
    public async Task Should_say_that_a_payment_is_disputed_and_what_the_bank_decided()
    {
        var id = await shared.Client.CreatedPaymentAsync();
        (await shared.Client.PayAsync(id)).Expect(HttpStatusCode.OK);
        await DisputeAsync("dp_1", DisputeStatus.Open);
        await SaysAsync(id, "moving", "… S$11.30 paid", @"You paid S\$11\.30 on \d+ \w+ \d+, .*This payment has been disputed since \d+ \w+ \d+, .*The bank will decide\.");

        await DisputeAsync("dp_1", DisputeStatus.Won);
        await SaysAsync(id, "good", "✓ S$11.30 paid", "Thank you");

        await DisputeAsync("dp_2", DisputeStatus.Lost);
        await SaysAsync(id, "back", "↩ S$11.30 returned by the bank", @"You paid S\$11\.30 on .*On \d+ \w+ \d+, .* the bank decided to return S\$11\.30 to the cardholder\.");

        Task DisputeAsync(string name, DisputeStatus status) =>
            StoredPayments.ChangeAsync(shared.App, id, payment => payment.Dispute(new ChargeDispute(name, 1130, "fraudulent", status, payment.UpdatedAt), payment.UpdatedAt));
    }

    [Fact]
    public async Task Should_lead_back_to_the_e_service_at_once_after_paying_and_never_later()
    {
        var id = await shared.Client.CreatedPaymentAsync(A.Payment().ReturningTo("https://eservice.example.gov.sg/done?case=7&x='\"#top".Replace("\"", "%22", StringComparison.Ordinal)));
        (await shared.Client.PayAsync(id)).Expect(HttpStatusCode.OK);
        var target = $"https://eservice.example.gov.sg/done?case=7&x='%22&paysg_payment_id={id}&paysg_payment_service_id={ApiClient.ServiceId}#top";

        var after = await Pages.OpenAsync(id, "?step=done");
        Assert.Contains($"<meta http-equiv=\"refresh\" content=\"0;url={WebUtility.HtmlEncode(target).Replace("&#39;", "&#x27;", StringComparison.Ordinal)}\">", after, StringComparison.Ordinal);
        Assert.Equal(target, WebUtility.HtmlDecode(ReturnLink().Match(after).Groups["target"].Value));

        var later = await Pages.OpenAsync(id);
        Assert.DoesNotContain("http-equiv", later, StringComparison.Ordinal);
        Assert.Equal(target, WebUtility.HtmlDecode(ReturnLink().Match(later).Groups["target"].Value));
    }

    [Fact]
    public async Task Should_protect_the_page_by_its_headers()
    {
        var id = await shared.Client.CreatedPaymentAsync();

        foreach (var path in (string[])[PageClient.PathOf(id), PageClient.PathOf(id) + "?step=method", "/payments/x", "/payments/a/b"])
        {
            var page = await Pages.GetAsync(path);
            Assert.Equal("text/html; charset=utf-8", page.Headers["Content-Type"]);
            Assert.Equal("no-store", page.Headers["Cache-Control"]);
            Assert.Equal("no-referrer", page.Headers["Referrer-Policy"]);
            Assert.Equal("nosniff", page.Headers["X-Content-Type-Options"]);
            Assert.Equal("DENY", page.Headers["X-Frame-Options"]);
            Assert.Equal(
                ["base-uri 'none'", "connect-src 'self'", "default-src 'none'", "form-action 'self'", "frame-ancestors 'none'", "img-src 'self'", "script-src 'self'", "style-src 'self'"],
                page.Headers["Content-Security-Policy"].Split("; ").Order(StringComparer.Ordinal));
            Assert.DoesNotContain("Strict-Transport-Security", page.Headers.Keys);
            Assert.DoesNotContain("<style", page.Body, StringComparison.Ordinal);
            Assert.DoesNotContain(" style=", page.Body, StringComparison.Ordinal);
            Assert.DoesNotMatch(@"<script(?![^>]* src=)", page.Body);
            Assert.DoesNotMatch(@" on[a-z]+=", page.Body);
        }
    }

    [Fact]
    public async Task Should_load_nothing_from_elsewhere_and_weigh_little()
    {
        var id = await shared.Client.CreatedPaymentAsync();
        (await Pages.SubmitAsync(id, PageClient.PayNow())).Expect(HttpStatusCode.SeeOther);
        var page = await Pages.OpenAsync(id);
        var files = Reference().Matches(page).Select(reference => reference.Groups["path"].Value).ToList();

        // The heaviest page, with a QR code in it, and all that it loads.
        var weight = Compressed(page);
        Assert.Equal(3, files.Count);
        foreach (var path in files)
        {
            Assert.StartsWith("/assets/", path, StringComparison.Ordinal);
            var file = (await Pages.GetAsync(path)).Expect(HttpStatusCode.OK);
            Assert.Equal("public, max-age=31536000, immutable", file.Headers["Cache-Control"]);
            Assert.Equal("nosniff", file.Headers["X-Content-Type-Options"]);
            weight += Compressed(file.Body);
        }

        Assert.InRange(weight, 1, 10 * 1024);
        Assert.DoesNotContain("//", Reference().Replace(page.Replace("http://www.w3.org", "", StringComparison.Ordinal), ""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_give_files_of_another_version_without_letting_them_be_kept()
    {
        var old = (await Pages.GetAsync("/assets/0123456789abcdef/pages.css")).Expect(HttpStatusCode.OK);

        Assert.Equal(("no-cache", "text/css; charset=utf-8"), (old.Headers["Cache-Control"], old.Headers["Content-Type"]));
        Assert.Equal("text/html; charset=utf-8", (await Pages.GetAsync("/assets/0123456789abcdef/nothing.css")).Expect(HttpStatusCode.NotFound).Headers["Content-Type"]);
        (await Pages.GetAsync("/assets/0123456789abcdef/PaySgServices.cs")).Expect(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Should_ask_for_https_where_the_installation_has_it_and_stay_below_its_path()
    {
        await using var app = await PaySgApp.StartAsync(settings: new Dictionary<string, string> { ["PaySg__PublicBaseUrl"] = "https://agency.gov.sg/pay" });
        using var pages = new PageClient(app.BaseAddress);
        var id = await app.Client.CreatedPaymentAsync();

        var page = await pages.GetAsync(PageClient.PathOf(id) + "?step=details&method=card");
        var sent = (await pages.SubmitAsync(id, PageClient.Card())).Expect(HttpStatusCode.SeeOther);

        Assert.Equal("max-age=31536000", page.Headers["Strict-Transport-Security"]);
        Assert.Contains("href=\"/pay/assets/", page.Body, StringComparison.Ordinal);
        Assert.Contains($"action=\"/pay/payments/{id}\"", page.Body, StringComparison.Ordinal);
        Assert.Equal($"/pay/payments/{id}?step=done", sent.Headers["Location"]);
    }

    [Fact]
    public async Task Should_cost_one_round_trip_however_many_refunds_there_are()
    {
        var id = await shared.Client.CreatedPaymentAsync();
        (await shared.Client.PayAsync(id)).Expect(HttpStatusCode.OK);
        (await shared.Client.RefundAsync(id, 1)).Expect(HttpStatusCode.OK);
        await Pages.OpenAsync(id);
        shared.App.HttpTraffic.Forget();

        await Pages.OpenAsync(id);

        Assert.Equal("GET", Assert.Single(shared.App.HttpTraffic.Requests, request => !request.Url.AbsolutePath.Contains("access", StringComparison.Ordinal)).Method);
    }

    private static int Compressed(string text)
    {
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.Optimal, leaveOpen: true))
            gzip.Write(Encoding.UTF8.GetBytes(text));
        return (int)target.Length;
    }

    [GeneratedRegex("name=\"method\" value=\"(?<kind>[a-z]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Radio();

    [GeneratedRegex("<a class=\"button\" href=\"(?<target>https:[^\"]*)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ReturnLink();

    private async Task SaysAsync(string id, string look, string heading, string text)
    {
        var page = await Pages.OpenAsync(id);
        Assert.Equal(heading, PageText.Heading(page));
        Assert.Contains($"<h1 class=\"{look}\">", page, StringComparison.Ordinal);
        Assert.Contains($"<title>{heading[2..]} – Demo agency</title>", page, StringComparison.Ordinal);
        Assert.Matches(text, PageText.Of(page));
        Assert.Equal(look == "good", page.Contains("Thank you", StringComparison.Ordinal));
    }

    [GeneratedRegex("<(?:link|script|img|iframe|source)[^>]* (?:href|src)=\"(?<path>[^\"]*)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Reference();
}
