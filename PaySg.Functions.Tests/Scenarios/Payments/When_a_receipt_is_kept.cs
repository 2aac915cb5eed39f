using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using MimeKit;
using PaySg.Functions.Access;
using PaySg.Functions.Access.Accounts;
using PaySg.Functions.Languages;
using PaySg.Functions.Payments.Emails;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Scenarios;

public sealed class When_a_receipt_is_kept : IAsyncLifetime
{
    private const string Before = """
        {"name":"Licences","agency_name":"Board of Licences","agency_address":"1 Road, Singapore 049178","support_email":"help@licences.gov.sg",
        "support_phone":"+65 6123 4567","email_greeting":"Hello.","logo_url":"LOGO?1","gst_rate_percent":9,
        "gst_registration_number":"M90312345X"}
        """;

    private const string After = """
        {"name":"Renamed","agency_name":"Renamed Board","agency_address":"2 Street, Singapore 018956","support_email":"ask@renamed.gov.sg",
        "support_phone":"+65 6765 4321","email_greeting":"Good day.","logo_url":"LOGO?2","gst_rate_percent":10,
        "gst_registration_number":"200312345A"}
        """;

    private static readonly MailboxAddress Sender = new("Pay", "no-reply@agency.gov.sg");
    private readonly ShiftedClock clock = new();
    private PaySgApp app = null!;
    private PictureServer agency = null!;

    private PageClient Pages { get; set; } = null!;

    public async Task InitializeAsync()
    {
        app = await PaySgApp.StartAsync(services: (_, services) => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock)));
        Pages = new PageClient(app.BaseAddress);
        agency = await PictureServer.StartAsync();

        // A picture of its own for each address.
        agency.Responds = context => context.Response.Body.WriteAsync(PictureServer.Png(96, 48, shade: context.Request.QueryString.Value == "?1" ? (byte)1 : (byte)2)).AsTask();
    }

    public async Task DisposeAsync()
    {
        Pages.Dispose();
        await agency.DisposeAsync();
        await app.DisposeAsync();
    }

    [Fact]
    public async Task Should_say_the_same_words_byte_for_byte_whatever_is_set_later()
    {
        await SetAsync(Before);
        var settings = await ServiceAsync();
        var id = await PaidAsync(Payment());
        (await app.Client.RefundAsync(id, 130)).Expect(HttpStatusCode.OK);
        IReadOnlyList<string> before = [.. await ReadAsync(id, Language.OfPayments), .. await ReportedAsync(id)];

        await SetAsync(After);

        // A setting that is new belongs into what is set above.
        AssertAllChanged(settings, await ServiceAsync(), nameof(PaymentService.Id), nameof(PaymentService.Code), nameof(PaymentService.CreatedAt), nameof(PaymentService.StripeAccountId));
        IReadOnlyList<string> after = [.. await ReadAsync(id, Language.OfPayments), .. await ReportedAsync(id)];
        Assert.Equal(before, after);
        Assert.All(before, shown => Assert.DoesNotContain("Renamed", shown, StringComparison.Ordinal));
        Assert.EndsWith(",tax_invoice,Board of Licences,\"1 Road, Singapore 049178\",M90312345X,9,93,0.93,visa,4242", before[^2], StringComparison.Ordinal);
        Assert.EndsWith($",{id}-C1,11,0.11", before[^1], StringComparison.Ordinal);
        foreach (var shown in before.Take(2))
        {
            foreach (var words in (string[])["Board of Licences", "1 Road, Singapore 049178", "M90312345X", "GST (9%)", "Visa ending in 4242", "help@licences.gov.sg"])
                Assert.Contains(words, PageText.Of(shown), StringComparison.Ordinal);

            // On a sheet of its own a credit note names who has paid whom.
            Assert.Matches(
                $"Credit note number {id}-C1 .*Refunded by Board of Licences Address 1 Road, Singapore 049178 GST registration number M90312345X Refunded to Tan Ah Kow Payer’s address 2 Road",
                PageText.Of(shown));
        }

        // A payment of now is by the settings of now.
        var other = PageText.Of(await Pages.OpenAsync(await PaidAsync(Payment())));
        Assert.Contains("GST (10%) S$1.03", other, StringComparison.Ordinal);
        Assert.Contains("Renamed Board", other, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_say_the_same_words_on_a_link_whatever_is_set_of_the_account_later()
    {
        await SetAccountAsync("""{"name":"Toko Budi","email":"budi@example.com","phone":"08123993201","logo_url":"LOGO?1"}""");
        var settings = await AccountAsync();
        var link = await app.AddLinkAsync();
        var attempt = (await app.Client.AttemptAsync(link))["reff_no"]!;
        var before = await ReadAsync();

        await SetAccountAsync($$"""{"name":"Renamed","email":"renamed@example.com","phone":"0217654321","logo_url":"LOGO?2","status":"inactive","transaction_notif_url":"{{agency.Url}}"}""");

        AssertAllChanged(settings, await AccountAsync(), nameof(Account.Id), nameof(Account.CreatedAt));
        Assert.Equal(before, await ReadAsync());
        foreach (var words in (string[])["Toko Budi", "mailto:budi@example.com", "tel:08123993201"])
            Assert.All(before, shown => Assert.Contains(words, shown, StringComparison.Ordinal));

        async Task<IReadOnlyList<string>> ReadAsync()
        {
            var shown = new List<string>();
            foreach (var language in Language.OfLinks)
            {
                using var pages = new LinkPageClient(app.BaseAddress);
                shown.Add(await pages.OpenAsync(link, $"?attempt={attempt}&lang={language.Tag}"));
            }

            return shown;
        }
    }

    [Fact]
    public async Task Should_refund_at_the_rate_that_was_charged()
    {
        await SetAsync(Before);
        var id = await PaidAsync(Payment());
        (await app.Client.RefundAsync(id, 130)).Expect(HttpStatusCode.OK);
        await SetAsync(After);

        (await app.Client.RefundAsync(id, 1000)).Expect(HttpStatusCode.OK);

        var receipt = await ReceiptAsync(id);
        var notes = receipt.Json.GetProperty("credit_notes").EnumerateArray().ToList();
        Assert.Equal([($"{id}-C1", 130, 11), ($"{id}-C2", 1000, 82)], notes.Select(note => (note.GetProperty("number").GetString(), note.GetProperty("amount_in_cents").GetInt32(), note.GetProperty("gst_in_cents").GetInt32())));
        Assert.All(notes, note => Assert.Equal((id, "partial_refund"), (note.GetProperty("receipt_number").GetString(), note.GetProperty("reason").GetString())));
        Assert.Equal("93", receipt["gst_in_cents"]);
        Assert.Equal("fully_refunded", receipt["refund_status"]);
    }

    [Fact]
    public async Task Should_be_a_tax_invoice_with_all_that_one_must_hold()
    {
        await SetAsync(Before);
        var id = await PaidAsync(Payment().With("line_items", new JsonArray(
            new JsonObject { ["description"] = "Licence", ["amount_in_cents"] = 1000 },
            new JsonObject { ["description"] = "Plate", ["amount_in_cents"] = 130, ["quantity"] = 2 })));

        var receipt = await ReceiptAsync(id);
        Assert.Equal(("tax_invoice", id, "9", "False"), (receipt["document_type"], receipt["number"], receipt["gst_rate_percent"], receipt["price_includes_gst"]));
        Assert.Equal(["Licence", "Plate"], receipt.Json.GetProperty("line_items").EnumerateArray().Select(line => line.GetProperty("description").GetString()));
        Assert.Equal("""{"name":"Tan Ah Kow","address":"2 Road, Singapore 049179"}""", receipt.Json.GetProperty("customer").GetRawText());
        Assert.Equal("""{"type":"card","card_brand":"visa","card_last_four":"4242"}""", receipt.Json.GetProperty("payment_method").GetRawText());
        var text = PageText.Of(await Pages.OpenAsync(id));
        Assert.Matches(
            $@"Tax invoice Tax invoice number {id} Date \d+ \w+ \d+ Paid to Board of Licences Address 1 Road, Singapore 049178 GST registration number M90312345X "
            + "Paid by Tan Ah Kow Payer’s address 2 Road, Singapore 049179",
            text);
        Assert.Contains(
            "Licence Before GST S$9.17, GST S$0.83 S$10.00 Plate × 2 Before GST S$1.20, GST S$0.10 S$1.30 Before GST S$10.37 GST (9%) S$0.93 Total paid S$11.30",
            text,
            StringComparison.Ordinal);
        Assert.DoesNotContain("Price includes GST", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1130, "Simplified tax invoice")]
    [InlineData(100_001, "Receipt")]
    public async Task Should_be_a_lesser_document_where_the_payer_gave_no_address(long amount, string title)
    {
        await SetAsync(Before);
        var text = PageText.Of(await Pages.OpenAsync(await PaidAsync(A.Payment().Of(amount))));

        Assert.Contains($"{title} number", text, StringComparison.Ordinal);
        Assert.Contains("GST registration number M90312345X", text, StringComparison.Ordinal);
        Assert.Contains("Price includes GST", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Tax invoice", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_never_speak_of_a_tax_invoice_without_a_registration_number()
    {
        await SetAsync("""{"agency_address":"1 Road, Singapore 049178","gst_rate_percent":9,"gst_registration_number":null}""");
        var id = await PaidAsync(Payment());
        (await app.Client.RefundAsync(id, 130)).Expect(HttpStatusCode.OK);

        Assert.DoesNotContain(await ReadAsync(id), shown => shown.Contains("tax invoice", StringComparison.OrdinalIgnoreCase) || shown.Contains("tax_invoice", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Should_fall_back_on_the_settings_of_now_where_an_older_release_kept_nothing_and_say_so()
    {
        await SetAsync(Before);
        var id = await PaidAsync(Payment());
        await StoredPayments.ChangeAsync(app, id, payment => payment with { Supplier = null, PaidCard = null });
        await SetAsync(After);

        var receipt = await ReceiptAsync(id);
        Assert.Equal(("receipt", "True", "10"), (receipt["document_type"], receipt["is_from_current_settings"], receipt["gst_rate_percent"]));
        foreach (var shown in (await ReadAsync(id)).Where(shown => !shown.StartsWith('{')))
        {
            Assert.Contains("Renamed Board", PageText.Of(shown), StringComparison.Ordinal);
            Assert.Contains(Texts.English.Receipt.FromSettings, PageText.Of(shown), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("text/html", true)]
    [InlineData("text/html,application/xhtml+xml,*/*;q=0.8", true)]
    [InlineData("application/json;q=0.5, text/html", true)]
    [InlineData("TEXT/HTML; charset=utf-8", true)]
    [InlineData("application/json", false)]
    [InlineData("*/*", false)]
    [InlineData("text/html;q=0.5, application/json", false)]
    [InlineData("text/html;q=0", false)]
    [InlineData("not a type", false)]
    [InlineData("", false)]
    public async Task Should_be_HTML_for_whoever_asks_for_it_and_JSON_for_all_others(string accept, bool isHtml)
    {
        var answer = await ReceiptAsync(await PaidAsync(Payment()), accept);

        Assert.StartsWith(isHtml ? "text/html" : "application/json", answer.Headers["Content-Type"], StringComparison.Ordinal);
        Assert.Equal(("Accept,Accept-Language", "no-store"), (answer.Headers["Vary"], answer.Headers["Cache-Control"]));
    }

    [Fact]
    public async Task Should_be_a_document_that_needs_nothing_and_does_nothing()
    {
        var answer = await ReceiptAsync(await PaidAsync(Payment()), "text/html");

        Assert.DoesNotContain(["<script", "<form", "<a class", "<link", "src=", "href=\"?"], part => answer.Body.Contains(part, StringComparison.Ordinal));
        Assert.Matches("^default-src 'none'; style-src 'sha256-[^']+'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'$", answer.Headers["Content-Security-Policy"]);
    }

    [Fact]
    public async Task Should_not_be_there_before_anything_is_paid_or_for_others()
    {
        var unpaid = await app.Client.CreatedPaymentAsync();
        var cancelled = await app.Client.CreatedPaymentAsync();
        (await app.Client.CancelAsync(cancelled)).Expect(HttpStatusCode.OK);

        foreach (var id in (string[])[unpaid, cancelled])
            Assert.Equal("payment_not_paid", (await ReceiptAsync(id, "text/html", HttpStatusCode.PaymentRequired)).ErrorCode);
        Assert.Equal("payment_not_found", (await ReceiptAsync("-0123456789abcdefghij", status: HttpStatusCode.NotFound)).ErrorCode);
        Assert.Equal("invalid_parameters", (await app.Client.GetAsync($"{ApiClient.PaymentsPath}/{unpaid}/receipt?format=pdf")).Expect(HttpStatusCode.BadRequest).ErrorCode);
    }

    [Fact]
    public async Task Should_cost_no_more_round_trips_to_pay()
    {
        await PaidAsync(Payment());
        var other = await app.Client.CreatedPaymentAsync();
        app.HttpTraffic.Forget();
        (await app.Client.PayAsync(other)).Expect(HttpStatusCode.OK);
        Assert.Equal(3, app.HttpTraffic.TableRequests.Count(request => !request.Writes("paysgsandbox")));
    }

    private static PaymentRequest Payment() => A.Payment().With("payer_email", "payer@example.com").With("payer_address", "2 Road, Singapore 049179");

    /// <summary>Sets what is given, and waits until no page remembers what was set before.</summary>
    private async Task<Answer> SetAsync(string settings)
    {
        var answer = (await new ManagementClient(app.BaseAddress).PatchAsync($"{ManagementClient.ServicesPath}/{ApiClient.ServiceId}", settings.Replace("LOGO", agency.Url, StringComparison.Ordinal))).Expect(HttpStatusCode.OK);
        clock.Shift += TimeSpan.FromSeconds(11);
        return answer;
    }

    private async Task SetAccountAsync(string settings)
    {
        (await new ManagementClient(app.BaseAddress).PatchAsync(ManagementClient.AccountPath(), settings.Replace("LOGO", agency.Url, StringComparison.Ordinal))).Expect(HttpStatusCode.OK);
        clock.Shift += TimeSpan.FromSeconds(11);
    }

    private async Task<PaymentService> ServiceAsync() => (await app.Services.GetRequiredService<PaymentServiceStore>().FindAsync(ApiClient.ServiceId, CancellationToken.None))!;

    private async Task<Account> AccountAsync() => (await app.Services.GetRequiredService<AccountStore>().FindAsync(SingapayClient.AccountId, CancellationToken.None))!;

    private static void AssertAllChanged<T>(T before, T after, params string[] except)
    {
        foreach (var setting in typeof(T).GetProperties().Where(property => !except.Contains(property.Name)))
            Assert.True(!Equals(setting.GetValue(before), setting.GetValue(after)), $"{setting.Name} was not changed.");
    }

    private async Task<string> PaidAsync(PaymentRequest payment)
    {
        var id = await app.Client.CreatedPaymentAsync(payment);
        Assert.Contains("paid", PageText.Heading(await Pages.FollowAsync(id, PageClient.Card())), StringComparison.Ordinal);
        return id;
    }

    private async Task<Answer> ReceiptAsync(string id, string accept = "", HttpStatusCode status = HttpStatusCode.OK, string language = "en")
    {
        using var client = new PageClient(app.BaseAddress);
        client.Headers["Accept-Language"] = language;
        client.Headers["x-api-key"] = ApiClient.ViewOnlyApiKey;
        if (accept.Length > 0)
            client.Headers["Accept"] = accept;
        return (await client.GetAsync($"{ApiClient.PaymentsPath}/{id}/receipt")).Expect(status);
    }

    /// <summary>The lines of the reports, as officers save them.</summary>
    private async Task<IReadOnlyList<string>> ReportedAsync(string id)
    {
        using var officer = await OfficerClient.SignedInAsync(app.BaseAddress, "view");
        var lines = new List<string>();
        foreach (var file in (string[])["payments.csv", "refunds.csv"])
        {
            var report = (await officer.GetAsync($"/dashboard/{ApiClient.ServiceId}/reports/{file}")).Expect(HttpStatusCode.OK).Body;
            lines.Add(Assert.Single(report.Split("\r\n"), line => line.Contains(id, StringComparison.Ordinal)));
        }

        return lines;
    }

    private async Task<IReadOnlyList<string>> ReadAsync(string id, IReadOnlyList<Language> languages)
    {
        var shown = new List<string>();
        foreach (var language in languages)
            shown.AddRange(await ReadAsync(id, language));

        return shown;
    }

    private Task<IReadOnlyList<string>> ReadAsync(string id) => ReadAsync(id, Language.English);

    /// <summary>The page, the document as HTML and as JSON, and both parts of each mail, as they would be sent now.</summary>
    private async Task<IReadOnlyList<string>> ReadAsync(string id, Language language)
    {
        using var pages = new PageClient(app.BaseAddress);
        var payment = (await StoredPayments.FindAsync(app, id)).ReadIn(language);
        var service = await ServiceAsync();
        var content = app.Services.GetRequiredService<MailContent>();
        List<PaymentMail> mails =
        [
            PaymentMail.Of(payment, MailKind.Receipt, "mail_1", clock.GetUtcNow()),
            .. payment.Refunds.Select(refund => PaymentMail.Of(payment, MailKind.Refund, "mail_2", clock.GetUtcNow()) with { RefundId = refund.Id }),
        ];
        return
        [
            await pages.OpenAsync(id, $"?lang={language.Tag}"),
            (await ReceiptAsync(id, "text/html", language: language.Tag)).Body,
            (await ReceiptAsync(id)).Body,
            .. mails.Select(mail => content.Of(mail, payment, service, Sender)).SelectMany(mail => (string[])[$"{mail.Subject}\n{mail.Text}", mail.Html]),
        ];
    }
}
