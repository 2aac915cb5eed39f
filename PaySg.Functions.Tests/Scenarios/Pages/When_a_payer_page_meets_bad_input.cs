using System.Net;
using System.Net.Http.Headers;
using System.Text;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Scenarios;

/// <summary>A clear page, never a stack trace, nothing charged.</summary>
public sealed class When_a_payer_page_meets_bad_input(SharedApp shared) : IClassFixture<SharedApp>
{
    private const string Markup = "<img src=x onerror=alert(1)>\"'&</dd></title><script>alert(2)</script>";

    private PageClient Pages => new(shared.App.BaseAddress);

    [Fact]
    public async Task Should_not_tell_an_unknown_id_from_one_that_is_none()
    {
        var id = await shared.Client.CreatedPaymentAsync();
        string[] none =
        [
            id[..^1] + (id[^1] == 'a' ? 'b' : 'a'),
            "-abcdefcode0123456789",
            "x",
            "%F0%9F%98%80",
            "..%5C..%5Cetc",
            new string('a', 500),
            id + "/",
            id.ToUpperInvariant() + "x",
        ];

        var bodies = new HashSet<string>(StringComparer.Ordinal);
        foreach (var path in none.Where(path => path != id + "/"))
        {
            bodies.Add((await Pages.GetAsync(PageClient.PathOf(path))).Expect(HttpStatusCode.NotFound).Body);
            bodies.Add((await Pages.SubmitAsync(path, PageClient.Card())).Expect(HttpStatusCode.NotFound).Body);
            bodies.Add((await Pages.SubmitAsync(path, PageClient.Card("1"))).Expect(HttpStatusCode.NotFound).Body);
        }

        bodies.Add((await Pages.GetAsync("/payments/a/b/c")).Expect(HttpStatusCode.NotFound).Body);
        bodies.Add((await Pages.GetAsync("/payments")).Expect(HttpStatusCode.NotFound).Body);
        Assert.Equal("Page not found", PageText.Heading(Assert.Single(bodies)));
    }

    [Fact]
    public async Task Should_show_markup_in_any_text_as_text()
    {
        var management = new ManagementClient(shared.App.BaseAddress);
        var service = await management.CreatedServiceAsync("x");
        var json = System.Text.Json.JsonSerializer.Serialize(Markup);
        (await management.PatchAsync(
            $"{ManagementClient.ServicesPath}/{service}",
            $$"""{"name":{{json}},"agency_name":{{json}},"agency_address":{{json}},"support_phone":"<b>1</b>"}""")).Expect(HttpStatusCode.OK);
        var key = (await management.IssuedKeyAsync(service, "\"view\",\"billing\",\"refund\"")).Secret;
        var payment = A.Payment().With("reference_id", Markup).With("payer_name", Markup).With("payer_address", Markup).With("description", Markup)
            .With("payer_identifier", "<b>").With("metadata", new System.Text.Json.Nodes.JsonObject { ["<b>"] = Markup })
            .With("line_items", new System.Text.Json.Nodes.JsonArray(new System.Text.Json.Nodes.JsonObject { ["description"] = Markup, ["amount_in_cents"] = 1 }))
            .With("return_url", "https://a.example/?%3Cscript%3E='x");
        var id = (await shared.Client.PostAsync($"/v1/payment-services/{service}/payments", payment.ToString(), key)).Expect(HttpStatusCode.Created)["id"]!;

        var shown = new List<string>();
        foreach (var query in (string[])["", "?step=method", "?step=details&method=card", "?step=details&method=paynow", "?step=failed&method=card&reason=" + Uri.EscapeDataString(Markup)])
            shown.Add(await Pages.OpenAsync(id, query));
        shown.Add((await Pages.SubmitAsync(id, new Dictionary<string, string>(PageClient.Card()) { ["card_name"] = Markup, ["card_expiry"] = Markup })).Expect(HttpStatusCode.BadRequest).Body);
        shown.Add(await Pages.FollowAsync(id, PageClient.PayNow()));
        shown.Add(await Pages.FollowAsync(id, PageClient.Card()));

        Assert.All(shown, page =>
        {
            Assert.DoesNotContain("<img", page, StringComparison.Ordinal);
            Assert.DoesNotContain("<script>", page, StringComparison.Ordinal);
            Assert.DoesNotContain("<b>", page, StringComparison.Ordinal);
            Assert.DoesNotContain("\"'", page, StringComparison.Ordinal);
        });
        Assert.Contains(Markup, PageText.Of(shown[0]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_charge_what_the_payment_says_whatever_the_form_adds()
    {
        var id = await shared.Client.CreatedPaymentAsync();
        var form = new Dictionary<string, string>(PageClient.Card())
        {
            ["amount"] = "1",
            ["amount_in_cents"] = "1",
            ["payment_id"] = "-abcdefcode0123456789",
            ["id"] = "-abcdefcode0123456789",
            ["outcome"] = "declined",
        };

        await Pages.FollowAsync(id, form);

        var intent = Assert.Single(await StoredRows.OfAsync(shared.App.Connection, "paysgsandbox", "intent"), row => row.PartitionKey == id);
        Assert.Equal((1130L, "SGD"), (intent.GetInt64("amount"), intent.GetString("currency")));
    }

    [Theory]
    [InlineData("simulated")]
    [InlineData("QRIS")]
    [InlineData("CARD")]
    [InlineData("")]
    [InlineData("card,paynow")]
    public async Task Should_offer_the_methods_again_after_one_that_is_not_offered(string method)
    {
        var id = await shared.Client.CreatedPaymentAsync();

        var refused = await RefusedAsync(id, new Dictionary<string, string> { ["action"] = "pay", ["method"] = method, ["token"] = "succeeded" }, HttpStatusCode.BadRequest);

        Assert.Equal("Choose how to pay", PageText.Heading(refused));
        Assert.Contains("role=\"alert\"", refused, StringComparison.Ordinal);
        Assert.Equal("Choose how to pay", PageText.Heading((await Pages.GetAsync($"/payments/{id}?step=details&method={method}")).Expect(HttpStatusCode.BadRequest).Body));
    }

    [Fact]
    public async Task Should_say_beside_each_field_of_a_card_what_is_wrong()
    {
        var id = await shared.Client.CreatedPaymentAsync();

        var page = await RefusedAsync(id, new Dictionary<string, string> { ["action"] = "pay", ["method"] = "card", ["card_name"] = new string('a', 10_240) }, HttpStatusCode.BadRequest);

        Assert.Contains("<title>Check your card details", page, StringComparison.Ordinal);
        Assert.Contains("role=\"alert\"", page, StringComparison.Ordinal);
        foreach (var field in (string[])["card_number", "card_expiry", "card_code", "card_name"])
        {
            Assert.Contains($"<a href=\"#{field}\">", page, StringComparison.Ordinal);
            Assert.Contains($"id=\"{field}-error\"", page, StringComparison.Ordinal);
            Assert.Matches($"<input [^>]*name=\"{field}\"[^>]* aria-invalid=\"true\" aria-describedby=\"[^\"]*{field}-error\"", page);
        }

        Assert.DoesNotContain("aaaa", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("action=")]
    [InlineData("action=refund")]
    [InlineData("action=pay&action=pay&method=card")]
    [InlineData("%%%=%zz&&&==")]
    [InlineData("action=settle%00")]
    public async Task Should_not_do_what_no_form_asks_for(string body)
    {
        var id = await shared.Client.CreatedPaymentAsync();

        var page = await RefusedAsync(id, Form(body), HttpStatusCode.BadRequest);

        Assert.Equal("We could not read this form", PageText.Heading(page));
    }

    [Fact]
    public async Task Should_refuse_what_is_too_large_or_no_form()
    {
        var id = await shared.Client.CreatedPaymentAsync();

        Assert.Equal("This form is too large", PageText.Heading(await RefusedAsync(id, Form("action=pay&card_name=" + new string('a', 70_000)), HttpStatusCode.RequestEntityTooLarge)));
        Assert.Equal("We could not read this form", PageText.Heading(await RefusedAsync(id, new StringContent("""{"action":"pay"}""", Encoding.UTF8, "application/json"), HttpStatusCode.UnsupportedMediaType)));
        using var multipart = new MultipartFormDataContent { { new StringContent("pay"), "action" } };
        await RefusedAsync(id, multipart, HttpStatusCode.UnsupportedMediaType);
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "garbage")]
    public async Task Should_take_no_form_from_another_site(string header, string value)
    {
        var id = await shared.Client.CreatedPaymentAsync();
        using var pages = Pages;
        pages.Headers[header] = value;

        var refused = (await pages.SubmitAsync(id, PageClient.Card())).Expect(HttpStatusCode.Forbidden);

        Assert.Equal("This form came from another website", PageText.Heading(refused.Body));
        Assert.Equal("unpaid", (await shared.Client.GetPaymentAsync(id))["payment_status"]);
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "same-origin")]
    [InlineData("Sec-Fetch-Site", "none")]
    [InlineData("Origin", "null")]
    [InlineData("Origin", null)]
    public async Task Should_take_forms_of_its_own_from_old_browsers_too(string header, string? value)
    {
        var id = await shared.Client.CreatedPaymentAsync();
        using var pages = Pages;
        pages.Headers[header] = value ?? shared.App.BaseAddress.GetLeftPart(UriPartial.Authority);

        Assert.Contains("paid", PageText.Heading(await pages.FollowAsync(id, PageClient.Card())), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_settle_no_attempt_of_another_payment()
    {
        var id = await shared.Client.CreatedPaymentAsync();
        var other = await shared.Client.CreatedPaymentAsync();
        var attempt = await shared.Client.PendingAttemptAsync(other);

        foreach (var form in (IDictionary<string, string>[])[
            PageClient.Settle(attempt),
            PageClient.Settle("att_01234567-89ab-7def-8123-456789abcdef"),
            PageClient.Settle(""),
            PageClient.Settle("%F0"),
            PageClient.Settle(new string('a', 5000)),
            PageClient.Settle(attempt, "charged")])
        {
            Assert.Equal("This step is out of date", PageText.Heading(await RefusedAsync(id, new FormUrlEncodedContent(form), HttpStatusCode.NotFound)));
        }

        Assert.Equal("unpaid", (await shared.Client.GetPaymentAsync(other))["payment_status"]);
    }

    [Fact]
    public async Task Should_say_that_a_simulated_step_is_out_of_date()
    {
        var id = await shared.Client.CreatedPaymentAsync();
        var first = await shared.Client.PendingAttemptAsync(id);
        await shared.Client.PendingAttemptAsync(id);

        Assert.Equal("This step is out of date", PageText.Heading((await Pages.SubmitAsync(id, PageClient.Settle(first))).Expect(HttpStatusCode.PaymentRequired).Body));
        Assert.Equal("unpaid", (await shared.Client.GetPaymentAsync(id))["payment_status"]);
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    public async Task Should_answer_other_methods_with_a_page(string method)
    {
        var id = await shared.Client.CreatedPaymentAsync();

        var refused = (await Pages.SendAsync(new HttpRequestMessage(new HttpMethod(method), PageClient.PathOf(id)))).Expect(HttpStatusCode.MethodNotAllowed);

        Assert.Equal("GET,HEAD,POST", refused.Headers["Allow"]);
        Assert.Equal("This is not possible here", PageText.Heading(refused.Body));
    }

    private static StringContent Form(string body)
    {
        var content = new StringContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded");
        return content;
    }

    private async Task<string> RefusedAsync(string id, IEnumerable<KeyValuePair<string, string>> fields, HttpStatusCode status)
    {
        using var content = new FormUrlEncodedContent(fields);
        return await RefusedAsync(id, content, status);
    }

    /// <summary>A page, with nothing of our insides in it and nothing written.</summary>
    private async Task<string> RefusedAsync(string id, HttpContent content, HttpStatusCode status)
    {
        var rows = (await StoredRows.OfAsync(shared.App.Connection, "paysgpayments", "a:")).Count(row => row.RowKey.Contains(id, StringComparison.Ordinal));
        var answer = (await Pages.SendAsync(new HttpRequestMessage(HttpMethod.Post, PageClient.PathOf(id)) { Content = content })).Expect(status);

        Assert.Equal("text/html; charset=utf-8", answer.Headers["Content-Type"]);
        Assert.DoesNotContain("   at ", answer.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", answer.Body, StringComparison.Ordinal);
        Assert.Equal(rows, (await StoredRows.OfAsync(shared.App.Connection, "paysgpayments", "a:")).Count(row => row.RowKey.Contains(id, StringComparison.Ordinal)));
        Assert.Equal("unpaid", (await shared.Client.GetPaymentAsync(id))["payment_status"]);
        return answer.Body;
    }
}
