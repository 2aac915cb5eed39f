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
        Assert.Contains("href=\"?step=details&amp;method=card&amp;lang=ms\"", switched.Body, StringComparison.Ordinal);
        Assert.Contains("aria-current=\"true\">中文<", switched.Body, StringComparison.Ordinal);

        var wrong = (await pages.SubmitAsync(id, PageClient.Card("4242"))).Expect(HttpStatusCode.BadRequest);
        Assert.Contains("这不是有效的卡号", PageText.Of(wrong.Body), StringComparison.Ordinal);
        Assert.Equal("找不到页面", PageText.Heading((await pages.GetAsync("/payments/nothing-here")).Expect(HttpStatusCode.NotFound).Body));
        Assert.Equal("✓ 已付 S$11.30", PageText.Heading(await pages.FollowAsync(id, PageClient.Card())));

        var other = await pages.GetAsync(PageClient.PathOf(id) + "?lang=ta");
        Assert.Equal("✓ S$11.30 செலுத்தப்பட்டது", PageText.Heading(other.Body));
        Assert.Equal("✓ S$11.30 செலுத்தப்பட்டது", PageText.Heading(await pages.OpenAsync(id)));
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
