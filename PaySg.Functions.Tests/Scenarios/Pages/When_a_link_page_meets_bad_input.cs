using System.Net;
using System.Net.Http.Headers;
using System.Text;
using PaySg.Functions.PaymentLinks;
using PaySg.Functions.Platform.Json;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Scenarios;

/// <summary>A clear page, never a stack trace, nothing charged.</summary>
public sealed class When_a_link_page_meets_bad_input(SharedApp shared) : IClassFixture<SharedApp>
{
    private const string Markup = "<img src=x onerror=alert(1)>\"'&</dd></title><script>alert(2)</script>";

    private LinkPageClient Pages => new(shared.App.BaseAddress);

    [Fact]
    public async Task Should_not_tell_an_unknown_link_from_one_that_is_none()
    {
        var link = await shared.App.AddLinkAsync();
        string[] none = [link.ReffNo + "0", link.ReffNo.ToLowerInvariant(), "x", "%F0%9F%98%80", "..%5C..%5Cetc", "a%23b%3Fc", new string('a', 41), new string('a', 500), "a/b"];

        var bodies = new HashSet<string>(StringComparer.Ordinal);
        foreach (var path in none)
        {
            bodies.Add((await Pages.GetAsync($"/b2b/{path}")).Expect(HttpStatusCode.NotFound).Body);
            bodies.Add((await Pages.GetAsync($"/b2b/{path}?attempt=20251024134439474409500000000000")).Expect(HttpStatusCode.NotFound).Body);
            using var form = new FormUrlEncodedContent(PageClient.PayNow());
            bodies.Add((await Pages.SendAsync(new HttpRequestMessage(HttpMethod.Post, $"/b2b/{path}") { Content = form })).Expect(HttpStatusCode.NotFound).Body);
        }

        bodies.Add((await Pages.GetAsync("/b2b")).Expect(HttpStatusCode.NotFound).Body);
        var unknown = Assert.Single(bodies.Select(PageText.WithoutLanguages).Distinct());

        Assert.Equal("Page not found", PageText.Heading(unknown));
        Assert.DoesNotContain("agenc", unknown, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Should_find_no_attempt_that_is_none_or_another_link_s()
    {
        var link = await shared.App.AddLinkAsync();
        var other = await Pages.BegunAsync(await shared.App.AddLinkAsync());

        var bodies = new HashSet<string>(StringComparer.Ordinal);
        foreach (var attempt in (string[])[other, other[..^1] + (other[^1] == '0' ? '1' : '0'), "x", "%F0", new string('1', 5000)])
        {
            bodies.Add((await Pages.GetAsync($"{LinkPageClient.PathOf(link)}?attempt={attempt}")).Expect(HttpStatusCode.NotFound).Body);
            foreach (var action in (string[])["look", "settle"])
                bodies.Add(await RefusedAsync(link, LinkPageClient.Act(action, attempt, "succeeded"), HttpStatusCode.NotFound));
        }

        bodies.Add(await RefusedAsync(link, LinkPageClient.Act("settle", "", "succeeded"), HttpStatusCode.NotFound));
        Assert.Equal("This step is out of date", PageText.Heading(Assert.Single(bodies.Select(PageText.WithoutLanguages).Distinct())));
    }

    [Fact]
    public async Task Should_settle_nothing_by_an_outcome_that_is_none()
    {
        var link = await shared.App.AddLinkAsync();
        var attempt = await Pages.BegunAsync(link);

        await RefusedAsync(link, LinkPageClient.Act("settle", attempt, "charged"), HttpStatusCode.NotFound);
        Assert.Equal("Scan to pay Rp 20.000", PageText.Heading(await Pages.OpenAsync(link, LinkPageClient.AttemptOf(attempt))));
    }

    [Fact]
    public async Task Should_show_markup_in_any_text_as_text()
    {
        var link = await shared.App.AddLinkAsync(A.PaymentLink()
            .WithDetails(details => details with
            {
                Title = Markup,
                Description = Markup,
                Items = [new PaymentLinkItem(Markup, new WrittenNumber(1, "1", false), new WrittenNumber(20000, "20000", false))],
            })
            .MaxUsage(1)
            .With(terms => terms with { RequiredCustomerDetail = true, CustomerName = Markup, RedirectUrl = "https://a.example/?%3Cscript%3E='x" }));

        var shown = new List<string>();
        foreach (var query in (string[])["", "?step=method", "?step=details&method=NICEPAY_CARD"])
            shown.Add(await Pages.OpenAsync(link, query));
        var customer = LinkPageClient.Customer();
        customer["customer_name"] = Markup;
        customer["customer_email"] = Markup;
        customer["card_name"] = Markup;
        shown.Add((await Pages.SubmitAsync(link, await Pages.FormAsync(link, "NICEPAY_CARD", "1", customer))).Expect(HttpStatusCode.BadRequest).Body);
        customer["customer_email"] = "siti@example.com";
        shown.Add(await Pages.FollowAsync(link, await Pages.FormAsync(link, "QRIS", typed: customer)));
        shown.Add(await Pages.FollowAsync(link, await Pages.FormAsync(link, "NICEPAY_CARD", typed: customer)));
        shown.Add(await Pages.OpenAsync(link));

        Assert.All(shown, page =>
        {
            Assert.DoesNotContain("<img", page, StringComparison.Ordinal);
            Assert.DoesNotContain("<script>", page, StringComparison.Ordinal);
            Assert.DoesNotContain("\"'", page, StringComparison.Ordinal);
        });
        Assert.Contains(Markup, PageText.Of(shown[0]), StringComparison.Ordinal);
        Assert.Contains("paid", PageText.Heading(shown[^2]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_charge_what_the_link_says_whatever_the_form_adds()
    {
        var link = await shared.App.AddLinkAsync();
        var form = await Pages.FormAsync(link, "NICEPAY_CARD");
        foreach (var field in (string[])["amount", "total_amount", "unit_price", "id", "reff_no", "account_id", "outcome", "token", "status"])
            form[field] = "1";

        await Pages.FollowAsync(link, form);

        var attempt = Assert.Single(await shared.App.AttemptsAsync(link));
        var intent = Assert.Single(await StoredRows.OfAsync(shared.App.Connection, "paysgsandbox", "intent"), row => row.PartitionKey == attempt.ReffNo);
        Assert.Equal((20000L, "IDR", link.AccountId), (intent.GetInt64("amount"), intent.GetString("currency"), intent.GetString("owner_id")));
    }

    [Theory]
    [InlineData("simulated")]
    [InlineData("card")]
    [InlineData("paynow")]
    [InlineData("va_bri")]
    [InlineData("")]
    [InlineData("QRIS,VA_BRI")]
    public async Task Should_offer_the_methods_again_after_one_that_is_not_offered(string method)
    {
        var link = await shared.App.AddLinkAsync();
        var form = await Pages.FormAsync(link);
        form["method"] = method;
        form["token"] = "succeeded";

        Assert.Equal("Choose how to pay", PageText.Heading(await RefusedAsync(link, form, HttpStatusCode.BadRequest)));
        Assert.Equal("Choose how to pay", PageText.Heading((await Pages.GetAsync($"{LinkPageClient.PathOf(link)}?step=details&method={method}")).Expect(HttpStatusCode.BadRequest).Body));
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("form_")]
    [InlineData("form_01234567-89ab-7def-8123-456789abcdef")]
    [InlineData("form_FFFFFFFF-89AB-7DEF-8123-456789ABCDEF")]
    [InlineData("form_ffffffff-89ab-7def-8123-456789abcdef")]
    public async Task Should_not_pay_by_a_form_without_a_key_that_is_good(string key)
    {
        var link = await shared.App.AddLinkAsync();
        var form = await Pages.FormAsync(link);
        form["form"] = key;

        var again = await RefusedAsync(link, form, HttpStatusCode.BadRequest);

        Assert.Contains("This page was open for too long", PageText.Of(again), StringComparison.Ordinal);
        Assert.NotEqual(key, PageText.Hidden(again, "form"));
    }

    [Fact]
    public async Task Should_ask_for_each_detail_that_is_missing_beside_its_field()
    {
        var link = await shared.App.AddLinkAsync(LinkPageStates.Link());

        var page = await RefusedAsync(link, await Pages.FormAsync(link), HttpStatusCode.BadRequest);

        Assert.Contains("<title>Check your details", page, StringComparison.Ordinal);
        Wrong(page, "customer_name", "Enter your name.");
        Wrong(page, "customer_email", "Enter your email address.");
        Wrong(page, "customer_phone", "Enter your phone number.");
    }

    [Fact]
    public async Task Should_say_beside_each_field_what_is_wrong_and_keep_what_is_right()
    {
        var link = await shared.App.AddLinkAsync(LinkPageStates.Link());
        var form = await Pages.FormAsync(link, "NICEPAY_CARD", "4242 4242 4242 4241", new Dictionary<string, string>
        {
            ["customer_name"] = new string('a', 10_240),
            ["customer_email"] = "siti@example.com",
            ["customer_phone"] = "call me",
        });

        var page = await RefusedAsync(link, form, HttpStatusCode.BadRequest);

        Wrong(page, "customer_name", "The name is too long. Enter at most 255 characters.");
        Wrong(page, "customer_phone", "Enter a phone number, such as 081234567890.");
        Wrong(page, "card_number", "This is not a valid card number. Check the digits on your card.");
        Assert.DoesNotContain("customer_email-error", page, StringComparison.Ordinal);
        Assert.Equal("siti@example.com", PageText.Hidden(page, "customer_email"));
        Assert.DoesNotContain("aaaa", page, StringComparison.Ordinal);
        Assert.Equal(form["form"], PageText.Hidden(page, "form"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("action=")]
    [InlineData("action=refund")]
    [InlineData("action=pay&action=pay&method=QRIS")]
    [InlineData("%%%=%zz&&&==")]
    public async Task Should_not_do_what_no_form_asks_for(string body)
    {
        var link = await shared.App.AddLinkAsync();

        Assert.Equal("We could not read this form", PageText.Heading(await RefusedAsync(link, Form(body), HttpStatusCode.BadRequest)));
    }

    [Fact]
    public async Task Should_refuse_what_is_too_large_or_no_form()
    {
        var link = await shared.App.AddLinkAsync();

        await RefusedAsync(link, Form("action=pay&customer_name=" + new string('a', 70_000)), HttpStatusCode.RequestEntityTooLarge);
        await RefusedAsync(link, new StringContent("""{"action":"pay"}""", Encoding.UTF8, "application/json"), HttpStatusCode.UnsupportedMediaType);
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Origin", "https://evil.example")]
    public async Task Should_take_no_form_from_another_site(string header, string value)
    {
        var link = await shared.App.AddLinkAsync();
        var form = await Pages.FormAsync(link, "NICEPAY_CARD");
        using var pages = Pages;
        pages.Headers[header] = value;

        Assert.Equal("This form came from another website", PageText.Heading((await pages.SubmitAsync(link, form)).Expect(HttpStatusCode.Forbidden).Body));
        Assert.Empty(await shared.App.AttemptsAsync(link));
    }

    [Fact]
    public async Task Should_answer_other_methods_with_a_page()
    {
        var link = await shared.App.AddLinkAsync();

        var refused = (await Pages.SendAsync(new HttpRequestMessage(HttpMethod.Put, LinkPageClient.PathOf(link)))).Expect(HttpStatusCode.MethodNotAllowed);

        Assert.Equal("GET,HEAD,POST", refused.Headers["Allow"]);
        Assert.Equal("This is not possible here", PageText.Heading(refused.Body));
    }

    private static void Wrong(string page, string field, string message)
    {
        Assert.Contains($"<a href=\"#{field}\">{message}</a>", page, StringComparison.Ordinal);
        Assert.Contains($"id=\"{field}-error\">{message}<", page, StringComparison.Ordinal);
        Assert.Matches($"<input [^>]*name=\"{field}\"[^>]* aria-invalid=\"true\" aria-describedby=\"[^\"]*{field}-error\"", page);
    }

    private static StringContent Form(string body)
    {
        var content = new StringContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded");
        return content;
    }

    private async Task<string> RefusedAsync(PaymentLink link, IEnumerable<KeyValuePair<string, string>> fields, HttpStatusCode status)
    {
        using var content = new FormUrlEncodedContent(fields);
        return await RefusedAsync(link, content, status);
    }

    /// <summary>A page, with nothing of our insides in it and nothing written.</summary>
    private async Task<string> RefusedAsync(PaymentLink link, HttpContent content, HttpStatusCode status)
    {
        shared.App.HttpTraffic.Forget();
        var answer = (await Pages.SendAsync(new HttpRequestMessage(HttpMethod.Post, LinkPageClient.PathOf(link)) { Content = content })).Expect(status);

        Assert.Equal("text/html; charset=utf-8", answer.Headers["Content-Type"]);
        Assert.DoesNotContain("   at ", answer.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", answer.Body, StringComparison.Ordinal);
        Assert.All(shared.App.HttpTraffic.TableRequests, request => Assert.Equal("GET", request.Method));
        return answer.Body;
    }
}
