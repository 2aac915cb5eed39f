using System.IO.Compression;
using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using PaySg.Functions.Languages;
using PaySg.Functions.Payments;
using PaySg.Functions.Payments.Emails;
using PaySg.Functions.Platform.Storage;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Scenarios;

public sealed class When_a_payer_chooses_a_language(SharedApp shared) : IClassFixture<SharedApp>
{
    [Theory]
    [InlineData("zh-SG,zh;q=0.9,en;q=0.8", "zh-Hans", "支付 S$11.30")]
    [InlineData("ms", "ms", "Bayar S$11.30")]
    [InlineData("ta-SG", "ta", "S$11.30 செலுத்தவும்")]
    [InlineData("fr", "en", "Pay S$11.30")]
    [InlineData("\"\u0001", "en", "Pay S$11.30")]
    public async Task Should_speak_the_language_of_the_browser(string accepted, string tag, string heading)
    {
        using var pages = Pages("Accept-Language", accepted);

        var page = (await pages.GetAsync(PageClient.PathOf(await shared.Client.CreatedPaymentAsync()))).Expect(HttpStatusCode.OK);

        Assert.Equal(heading, PageText.Heading(page.Body));
        Assert.Contains($"<html lang=\"{tag}\">", page.Body, StringComparison.Ordinal);
        Assert.Equal((tag, "Accept-Language,Cookie", "no-store"), (page.Headers["Content-Language"], page.Headers["Vary"], page.Headers["Cache-Control"]));
        Assert.False(page.Headers.ContainsKey("Set-Cookie"));
    }

    [Fact]
    public async Task Should_stay_with_the_choice_without_script_through_forms_and_errors()
    {
        using var pages = Pages("Accept-Language", "ms");
        var id = await shared.Client.CreatedPaymentAsync();
        var switched = (await pages.GetAsync(PageClient.PathOf(id) + "?step=details&method=card&lang=zh")).Expect(HttpStatusCode.OK);

        // The cookie says nothing of the payer, and the browser of this test keeps it.
        Assert.Equal("lang=zh; Max-Age=31536000; Path=/; HttpOnly; SameSite=Lax", switched.Headers["Set-Cookie"]);
        Assert.Contains("href=\"?step=method&amp;lang=ms\"", await pages.OpenAsync(id, "?step=method"), StringComparison.Ordinal);
        Assert.Contains("aria-current=\"true\">中文<", switched.Body, StringComparison.Ordinal);

        var wrong = (await pages.SubmitAsync(id, PageClient.Card("4242"))).Expect(HttpStatusCode.BadRequest);
        Assert.Contains("这不是有效的卡号", PageText.Of(wrong.Body), StringComparison.Ordinal);
        Assert.Equal("找不到页面", PageText.Heading((await pages.GetAsync("/payments/nothing-here")).Expect(HttpStatusCode.NotFound).Body));
        Assert.Equal("✓ 已付 S$11.30", PageText.Heading(await pages.FollowAsync(id, PageClient.Card())));

        var other = await pages.GetAsync(PageClient.PathOf(id) + "?lang=ta");
        Assert.Equal("✓ S$11.30 செலுத்தப்பட்டது", PageText.Heading(other.Body));
        Assert.Equal("✓ S$11.30 செலுத்தப்பட்டது", PageText.Heading(await pages.OpenAsync(id)));
    }

    [Fact]
    public async Task Should_keep_what_was_typed_about_a_card_but_neither_its_number_nor_its_code()
    {
        using var pages = new PageClient(shared.App.BaseAddress);
        var id = await shared.Client.CreatedPaymentAsync();
        Assert.Contains("type=\"submit\" form=\"form\" name=\"lang\" value=\"ta\">", await pages.OpenAsync(id, "?step=details&method=card"), StringComparison.Ordinal);

        // Nothing was sent yet, so nothing is wrong yet, and a form that is complete is not paid by a change of the language.
        var form = PageClient.Card();
        form["lang"] = "zh";
        var switched = (await pages.SubmitAsync(id, form)).Expect(HttpStatusCode.OK);
        AssertShown(switched, "zh-Hans");
        Assert.DoesNotContain("class=\"error", switched.Body, StringComparison.Ordinal);

        // What was wrong is said in the other language, and the number has to be typed again.
        form["card_number"] = "4242 4242 4242 4241";
        form.Remove("lang");
        var wrong = (await pages.SubmitAsync(id, form)).Expect(HttpStatusCode.BadRequest);
        form["again"] = PageText.Hidden(wrong.Body, "again");
        (form["card_number"], form["card_code"], form["lang"]) = ("", "", "ms");
        var again = (await pages.SubmitAsync(id, form)).Expect(HttpStatusCode.BadRequest);
        AssertShown(again, "ms");
        Assert.Contains("Masukkan nombor kad.", PageText.Of(again.Body), StringComparison.Ordinal);

        form["lang"] = "klingon";
        AssertShown((await pages.SubmitAsync(id, form)).Expect(HttpStatusCode.BadRequest), "ms", isKept: false);
        var other = PageClient.PayNow();
        other["lang"] = "ms";
        Assert.Equal(PageClient.PathOf(id), (await pages.SubmitAsync(id, other)).Expect(HttpStatusCode.SeeOther).Headers["Location"]);
        Assert.Equal("unpaid", (await shared.Client.GetPaymentAsync(id))["payment_status"]);

        static void AssertShown(Answer page, string tag, bool isKept = true)
        {
            Assert.Contains($"<html lang=\"{tag}\">", page.Body, StringComparison.Ordinal);
            Assert.Equal(isKept, page.Headers.ContainsKey("Set-Cookie"));
            Assert.Equal(("12/39", "Tan Ah Kow"), (PageText.Hidden(page.Body, "card_expiry"), PageText.Hidden(page.Body, "card_name")));
            Assert.False(PageClient.TellsCardNumber(page.Body + string.Concat(page.Headers.Values)), page.Body);
            Assert.DoesNotContain("value=\"123\"", page.Body, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("QRIS")]
    [InlineData("NICEPAY_CARD")]
    public async Task Should_keep_what_was_typed_about_a_payer_of_a_link(string method)
    {
        using var pages = new LinkPageClient(shared.App.BaseAddress);
        var link = await shared.App.AddLinkAsync(A.PaymentLink().With(terms => terms with { RequiredCustomerDetail = true }));
        var form = await pages.FormAsync(link, method, typed: LinkPageClient.Customer());
        (form["customer_email"], form["customer_phone"], form["lang"]) = ("siti@", "", "id");

        var switched = (await pages.SubmitAsync(link, form)).Expect(HttpStatusCode.OK).Body;
        Assert.Contains("<html lang=\"id\">", switched, StringComparison.Ordinal);
        Assert.Equal(("Siti Café", "siti@", "", form["form"]), Typed(switched));
        Assert.DoesNotContain("class=\"error", switched, StringComparison.Ordinal);

        form.Remove("lang");
        var wrong = (await pages.SubmitAsync(link, form)).Expect(HttpStatusCode.BadRequest).Body;
        Assert.Equal(("Siti Café", "siti@", "", form["form"]), Typed(wrong));
        (form["again"], form["lang"], form["customer_email"]) = (PageText.Hidden(wrong, "again"), "en", "4242 4242 4242 4242");
        var again = (await pages.SubmitAsync(link, form)).Expect(HttpStatusCode.BadRequest).Body;
        Assert.Equal(("Siti Café", "", "", form["form"]), Typed(again));
        Assert.Contains("Enter an email address, such as siti@example.com.", PageText.Of(again), StringComparison.Ordinal);
        Assert.DoesNotContain("4242 4242 4242 4242\"", again, StringComparison.Ordinal);

        // A form that is complete is not paid by a change of the language, and still pays once.
        form["customer_email"] = "siti@example.com";
        form["customer_phone"] = "081234567890";
        var charges = (await StoredRows.OfAsync(shared.App.Connection, "paysgsandbox", "charge")).Count;
        Assert.Equal(form["form"], PageText.Hidden((await pages.SubmitAsync(link, form)).Expect(HttpStatusCode.OK).Body, "form"));
        Assert.Equal(charges, (await StoredRows.OfAsync(shared.App.Connection, "paysgsandbox", "charge")).Count);
        form.Remove("lang");
        (await pages.SubmitAsync(link, form)).Expect(HttpStatusCode.SeeOther);

        static (string Name, string Email, string Phone, string Key) Typed(string page) =>
            (PageText.Hidden(page, "customer_name"), PageText.Hidden(page, "customer_email"), PageText.Hidden(page, "customer_phone"), PageText.Hidden(page, "form"));
    }

    [Theory]
    [InlineData("en", "31 Dec 2026")]
    [InlineData("zh", "2026年12月31日")]
    [InlineData("ms", "31 Dis 2026")]
    [InlineData("ta", "31 டிச., 2026")]
    public async Task Should_write_the_due_date_as_the_language_writes_dates(string tag, string date)
    {
        var id = await shared.Client.CreatedPaymentAsync(A.Payment().With("due_date", "31-DEC-2026"));
        using var pages = Pages("Cookie", $"lang={tag}");

        var page = await pages.OpenAsync(id);

        Assert.Contains(date, PageText.Of(page), StringComparison.Ordinal);
        Assert.DoesNotContain("31-DEC-2026", page, StringComparison.Ordinal);
        Assert.Equal("31-DEC-2026", (await shared.Client.GetPaymentAsync(id))["due_date"]);
    }

    [Theory]
    [InlineData("lang=klingon")]
    [InlineData("lang=")]
    [InlineData("lang=zh%00")]
    [InlineData("lang=<script>alert(1)</script>")]
    [InlineData("lang=\"zh")]
    [InlineData("lang=ZH; lang=../../etc/passwd")]
    [InlineData(";;=;lang")]
    public async Task Should_show_the_default_where_the_cookie_was_tampered_with(string cookie)
    {
        using var pages = Pages("Cookie", cookie);

        var page = await pages.OpenAsync(await shared.Client.CreatedPaymentAsync());

        Assert.Equal("Pay S$11.30", PageText.Heading(page));
        Assert.DoesNotContain("alert(1)", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_ignore_a_choice_that_is_none()
    {
        using var pages = new PageClient(shared.App.BaseAddress);

        var page = (await pages.GetAsync(PageClient.PathOf(await shared.Client.CreatedPaymentAsync()) + "?lang=fr")).Expect(HttpStatusCode.OK);

        Assert.Equal("Pay S$11.30", PageText.Heading(page.Body));
        Assert.False(page.Headers.ContainsKey("Set-Cookie"));
    }

    [Fact]
    public async Task Should_ask_the_payer_in_the_language_of_the_payment()
    {
        var id = await shared.Client.CreatedPaymentAsync(A.Payment().With("locale", "ta"));

        using var pages = Pages("Accept-Language", "zh");
        Assert.Equal("S$11.30 செலுத்தவும்", PageText.Heading(await pages.OpenAsync(id)));
        using var chosen = Pages("Cookie", "lang=ms");
        Assert.Equal("Bayar S$11.30", PageText.Heading(await chosen.OpenAsync(id)));
    }

    [Theory]
    [InlineData("fr")]
    [InlineData("EN")]
    [InlineData("id")]
    [InlineData("")]
    public async Task Should_refuse_a_locale_that_there_is_not(string locale)
    {
        var refused = (await shared.Client.CreatePaymentAsync(A.Payment().With("locale", locale))).Expect(HttpStatusCode.BadRequest);

        Assert.Equal("invalid_parameters", refused.ErrorCode);
        Assert.Contains("must be en or zh or ms or ta.", refused.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"fr\"")]
    [InlineData("\"ID\"")]
    [InlineData("\"zh\"")]
    [InlineData("\"\"")]
    [InlineData("7")]
    [InlineData("[\"id\"]")]
    public async Task Should_refuse_a_locale_that_links_do_not_have(string locale)
    {
        foreach (var (path, body) in (IEnumerable<(string, string)>)
            [
                (shared.App.Singapay.LinksPath(), A.NewPaymentLink().With("locale", "?").ToString()),
                ("/api/v2.0/payment-link/" + SingapayClient.AccountId, A.NewPaymentLinkV2().With("locale", "?").ToString()),
            ])
        {
            var sent = body.Replace("\"locale\":\"?\"", $"\"locale\":{locale}", StringComparison.Ordinal);
            Assert.Contains($"\"locale\":{locale}", sent, StringComparison.Ordinal);
            await shared.App.RefusedAsync(client => client.PostAsync(path, sent), 422, "Validation error", "locale");
        }
    }

    [Fact]
    public async Task Should_speak_the_language_of_the_link()
    {
        using var pages = new LinkPageClient(shared.App.BaseAddress);
        var plain = await shared.App.AddLinkAsync();
        Assert.Equal("Pay Rp 20.000", PageText.Heading(await pages.OpenAsync(plain)));
        var indonesian = await shared.App.AddLinkAsync(A.PaymentLink().WithDetails(details => details with { Locale = "id" }));
        Assert.Equal("Bayar Rp 20.000", PageText.Heading(await pages.OpenAsync(indonesian)));
        Assert.Contains("<html lang=\"id\">", await pages.OpenAsync(plain, "?lang=id"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("zh", "已收到您支付的 S$11.30", "zh-Hans")]
    [InlineData("ms", "telah menerima bayaran anda sebanyak S$11.30", "ms")]
    [InlineData("ta", "நீங்கள் செலுத்திய S$11.30 தொகையைப் பெற்றுக்கொண்டது", "ta")]
    [InlineData("en", "has received your payment of S$11.30", "en")]
    public async Task Should_write_mails_in_the_language_in_which_the_payer_paid(string tag, string words, string htmlTag)
    {
        var id = await shared.Client.CreatedPaymentAsync(A.Payment().With("payer_email", "payer@example.com"));
        using var pages = Pages("Cookie", $"lang={tag}");
        await pages.FollowAsync(id, PageClient.Card());

        var payment = PaymentRows.Read((await shared.App.Services.GetRequiredService<PaySgTables>().Payments.FindAsync(ApiClient.ServiceId, PaymentRows.Key(id)))!);
        var mail = shared.App.Services.GetRequiredService<MailContent>()
            .Of(PaymentMail.Of(payment, MailKind.Receipt, "mail_1", DateTimeOffset.UnixEpoch), payment, null, new MailboxAddress("Pay", "no-reply@agency.gov.sg"));

        Assert.Contains(words, mail.Text, StringComparison.Ordinal);
        Assert.Contains($"<html lang=\"{htmlTag}\">", mail.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_change_nothing_that_the_API_says()
    {
        using var pages = Pages("Accept-Language", "ta");
        var id = await shared.Client.CreatedPaymentAsync(A.Payment().Of(123_456).With("locale", "ta"));
        await pages.FollowAsync(id, PageClient.Card());

        var payment = await shared.Client.GetPaymentAsync(id);

        Assert.Equal("123456", payment["amount_in_cents"]);
        Assert.All(payment.Body, character => Assert.True(char.IsAscii(character)));
    }

    [Fact]
    public async Task Should_weigh_little_and_cost_one_round_trip_in_every_language()
    {
        var id = await shared.Client.CreatedPaymentAsync();
        var link = await shared.App.AddLinkAsync();
        foreach (var language in Language.All)
        {
            using var pages = new PageClient(shared.App.BaseAddress);
            var (path, trips) = language == Language.Indonesian ? (LinkPageClient.PathOf(link), 2) : (PageClient.PathOf(id), 1);
            await pages.GetAsync(path);
            shared.App.HttpTraffic.Forget();

            var page = (await pages.GetAsync($"{path}?lang={language.Tag}")).Expect(HttpStatusCode.OK);

            Assert.Contains($"<html lang=\"{language.HtmlTag}\">", page.Body, StringComparison.Ordinal);
            Assert.Equal(trips, shared.App.HttpTraffic.TableRequests.Count(request => !request.Url.AbsolutePath.Contains("access", StringComparison.Ordinal)));
            Assert.InRange(Compressed(page.Body), 500, 8 * 1024);
        }
    }

    private static int Compressed(string text)
    {
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.Optimal, leaveOpen: true))
            gzip.Write(Encoding.UTF8.GetBytes(text));
        return (int)target.Length;
    }

    private PageClient Pages(string header, string value)
    {
        var pages = new PageClient(shared.App.BaseAddress);
        pages.Headers[header] = value;
        return pages;
    }
}
