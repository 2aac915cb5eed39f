using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using MimeKit;
using PaySg.Functions.Access;
using PaySg.Functions.Languages;
using PaySg.Functions.Payments;
using PaySg.Functions.Payments.Emails;
using PaySg.Functions.Platform.Storage;
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
        var settings = await SetAsync(Before);
        var id = await PaidAsync(Payment());
        (await app.Client.RefundAsync(id, 130)).Expect(HttpStatusCode.OK);
        var before = await ReadAsync(id);

        var changed = await SetAsync(After);

        foreach (var field in settings.Json.EnumerateObject().Where(field => field.Name is not ("id" or "created_at" or "stripe_account_id")))
            Assert.NotEqual(field.Value.ToString(), changed[field.Name]);
        Assert.Equal(before, await ReadAsync(id));
        foreach (var shown in before.Take(2))
        {
            foreach (var words in (string[])["Board of Licences", "1 Road, Singapore 049178", "M90312345X", "GST (9%)", "Visa ending in 4242", "help@licences.gov.sg"])
                Assert.Contains(words, PageText.Of(shown), StringComparison.Ordinal);
        }

        // A payment of now is by the settings of now.
        var other = PageText.Of(await Pages.OpenAsync(await PaidAsync(Payment())));
        Assert.Contains("GST (10%) S$1.03", other, StringComparison.Ordinal);
        Assert.Contains("Renamed Board", other, StringComparison.Ordinal);
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

    private async Task<string> PaidAsync(PaymentRequest payment)
    {
        var id = await app.Client.CreatedPaymentAsync(payment);
        Assert.Contains("paid", PageText.Heading(await Pages.FollowAsync(id, PageClient.Card())), StringComparison.Ordinal);
        return id;
    }

    private async Task<Answer> ReceiptAsync(string id, string accept = "", HttpStatusCode status = HttpStatusCode.OK)
    {
        using var client = new PageClient(app.BaseAddress);
        client.Headers["x-api-key"] = ApiClient.ViewOnlyApiKey;
        if (accept.Length > 0)
            client.Headers["Accept"] = accept;
        return (await client.GetAsync($"{ApiClient.PaymentsPath}/{id}/receipt")).Expect(status);
    }

    /// <summary>The page, the document as HTML and as JSON, and both parts of each mail, as they would be sent now.</summary>
    private async Task<IReadOnlyList<string>> ReadAsync(string id)
    {
        var row = await app.Services.GetRequiredService<PaySgTables>().Payments.FindAsync(ApiClient.ServiceId, PaymentRows.Key(id));
        var payment = PaymentRows.Read(row!);
        var service = await app.Services.GetRequiredService<PaymentServiceStore>().FindAsync(ApiClient.ServiceId, CancellationToken.None);
        var content = app.Services.GetRequiredService<MailContent>();
        List<PaymentMail> mails =
        [
            PaymentMail.Of(payment, MailKind.Receipt, "mail_1", clock.GetUtcNow()),
            .. payment.Refunds.Select(refund => PaymentMail.Of(payment, MailKind.Refund, "mail_2", clock.GetUtcNow()) with { RefundId = refund.Id }),
        ];
        return
        [
            await Pages.OpenAsync(id),
            (await ReceiptAsync(id, "text/html")).Body,
            (await ReceiptAsync(id)).Body,
            .. mails.Select(mail => content.Of(mail, payment, service, Sender)).SelectMany(mail => (string[])[$"{mail.Subject}\n{mail.Text}", mail.Html]),
        ];
    }
}
