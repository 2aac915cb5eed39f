using System.Net;
using System.Net.Http.Headers;
using PaySg.Functions.Tests.Fixtures;
using PaySg.LocalHost.Demo;
using PaySg.LocalHost.Mailbox;

namespace PaySg.Functions.Tests.LocalHost;

public sealed class LocalPagesTests : IAsyncLifetime
{
    private static readonly HttpClient Http = new();
    private PaySgApp app = null!;

    public async Task InitializeAsync() => app = await PaySgApp.StartAsync();

    public async Task DisposeAsync() => await app.DisposeAsync();

    [Fact]
    public async Task The_inbox_tells_which_endpoint_a_webhook_is_of_and_shows_those_of_one()
    {
        var first = await InboxAsync("payment.created");
        var second = await InboxAsync("payment.cancelled");
        await app.Client.PostAsync("/sandbox/events/payment.cancelled", "");

        var all = await ReceivedAsync("", 2);
        var one = Assert.Single(await ReceivedAsync($"?endpoint={first.Id}", 1));

        Assert.Equal(new[] { first.Id, second.Id }.Order(StringComparer.Ordinal), all.Select(each => each.GetProperty("webhook_endpoint_id").GetString()!).Order(StringComparer.Ordinal));
        Assert.All(all, each => Assert.True(each.GetProperty("paysg_signature_valid").GetBoolean() && each.GetProperty("standard_webhooks_signature_valid").GetBoolean()));
        Assert.Equal("payment.created", one.GetProperty("body").GetProperty("type").GetString());
        Assert.Empty(await ReceivedAsync("?endpoint=we_of_nobody", 0));
    }

    [Fact]
    public async Task A_webhook_that_no_endpoint_signed_is_shown_as_such()
    {
        foreach (var body in (string[])["{}", "not JSON", $$"""{"payment_service_id":"{{ApiClient.ServiceId}}","type":"payment.created"}""", """{"payment_service_id":7}""", """["x"]""", """{"type":"\ud800","id":"\udc00"}"""])
            (await Http.PostAsync(new Uri(app.BaseAddress, WebhookInbox.Path), new StringContent(body))).EnsureSuccessStatusCode();
        using var singapay = new HttpRequestMessage(HttpMethod.Post, new Uri(app.BaseAddress, WebhookInbox.Path)) { Content = new StringContent("""{"a":"\ud800","b":1,"b":2}"""), Headers = { { "X-Signature", "00" } } };
        (await Http.SendAsync(singapay)).EnsureSuccessStatusCode();

        var all = await ReceivedAsync("", 7);

        Assert.False(all[0].GetProperty("singapay_signature_valid").GetBoolean());
        Assert.All(all.Skip(1), each => Assert.False(each.GetProperty("paysg_signature_valid").GetBoolean()));
        Assert.All(all, each => Assert.Null(each.GetProperty("webhook_endpoint_id").GetString()));
        Assert.Contains("verifies under no secret", await PageAsync(WebhookInbox.Path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_secret_is_asked_for_nor_shown()
    {
        var (_, secret) = await InboxAsync("payment.created");
        await app.Client.CreatedPaymentAsync();
        await ReceivedAsync("", 1);

        foreach (var shown in new[] { await PageAsync(WebhookInbox.Path), await Http.GetStringAsync(new Uri(app.BaseAddress, WebhookInbox.Path)) })
        {
            Assert.DoesNotContain(secret, shown, StringComparison.Ordinal);
            Assert.DoesNotContain("secret=", shown, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_comes_in_is_shown_and_not_run()
    {
        (await Http.PostAsync(new Uri(app.BaseAddress, WebhookInbox.Path + "?a=<script>"), new StringContent("""{"type":"<img src=x onerror=alert(1)>","id":"</pre><script>"}"""))).EnsureSuccessStatusCode();

        var page = await PageAsync($"{WebhookInbox.Path}?endpoint=%22%3E%3Cscript%3E");
        var all = await PageAsync(WebhookInbox.Path);

        Assert.DoesNotContain("<script>", page + all, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", page + all, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/html")]
    [InlineData("text/html;q=0, */*", "application/json")]
    [InlineData("application/json", "application/json")]
    [InlineData("*/*", "application/json")]
    [InlineData(null, "application/json")]
    [InlineData("nonsense", "application/json")]
    public async Task Browsers_get_a_page_and_programs_JSON(string? accept, string mediaType)
    {
        foreach (var path in (string[])[WebhookInbox.Path, MailboxPages.Path])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(app.BaseAddress, path));
            if (accept is not null)
                request.Headers.TryAddWithoutValidation("Accept", accept);
            using var answer = await Http.SendAsync(request);

            Assert.Equal((HttpStatusCode.OK, mediaType), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
            Assert.Equal("Accept", answer.Headers.Vary.Single());
        }
    }

    [Fact]
    public async Task The_mailbox_lists_mails_with_a_link_to_each()
    {
        (await app.Client.PostAsync("/sandbox/events/payment.email_sent", "")).Expect(HttpStatusCode.OK);
        await Eventually.TrueAsync(async () => (await PageAsync(MailboxPages.Path)).Contains("payer@example.com", StringComparison.Ordinal));

        var mail = (await Http.GetStringAsync(new Uri(app.BaseAddress, MailboxPages.Path))).Split("\"url\": \"")[1].Split('"')[0];

        Assert.Contains($"href=\"{mail}\"", await PageAsync(MailboxPages.Path), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await Http.GetAsync(new Uri(app.BaseAddress, mail))).StatusCode);
    }

    [Fact]
    public async Task The_root_of_a_deployed_app_leads_to_the_API_and_says_nothing_else_of_itself()
    {
        using var answer = await Http.GetAsync(new Uri(app.BaseAddress, "/"));
        var page = await answer.Content.ReadAsStringAsync();

        Assert.Equal((HttpStatusCode.OK, "text/html"), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        Assert.Contains("href=\"/external/api\"", page, StringComparison.Ordinal);
        Assert.All((string[])["paysg_", "Functions", "Azure Functions", ".NET", "/sandbox", "localhost", "demo"], word => Assert.DoesNotContain(word, page, StringComparison.Ordinal));
        Assert.DoesNotMatch(@"\d+\.\d+\.\d+", page);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await Http.PostAsync(new Uri(app.BaseAddress, "/"), null)).StatusCode);
    }

    [Fact]
    [Trait("Category", "Long")]
    public async Task The_start_says_where_to_begin_and_makes_one_payment_until_it_is_paid()
    {
        var connection = await TestAzurite.NewAccountAsync();
        string first, second, third;
        await using (var host = await LocalHostProcess.StartAsync(connection))
        {
            first = PaymentIn(host);
            var start = await PageAsync("/", host.Client.BaseAddress);
            Assert.All(
                (string[])["/external/api", WebhookInbox.Path, MailboxPages.Path, $"/payments/{first}"],
                path =>
                {
                    Assert.Contains(new Uri(host.Client.BaseAddress, path).AbsoluteUri, host.Output, StringComparison.Ordinal);
                    Assert.Contains($"href=\"{path}\"", start, StringComparison.Ordinal);
                });
            Assert.Contains(ApiClient.ApiKey, start, StringComparison.Ordinal);
            Assert.Contains("Licence fee (demo)", await PageAsync($"/payments/{first}", host.Client.BaseAddress), StringComparison.Ordinal);
        }

        await using (var host = await LocalHostProcess.StartAsync(connection))
        {
            second = PaymentIn(host);
            Assert.Empty((await host.Client.GetAsync(ApiClient.PaymentsPath)).Json.GetProperty("data").EnumerateArray());
            (await host.Client.PayAsync(second)).Expect(HttpStatusCode.OK);
        }

        await using (var host = await LocalHostProcess.StartAsync(connection))
        {
            third = PaymentIn(host);
            Assert.Contains("Proceed", await PageAsync($"/payments/{third}", host.Client.BaseAddress), StringComparison.Ordinal);
        }

        Assert.Equal(first, second);
        Assert.NotEqual(second, third);
    }

    private static string PaymentIn(LocalHostProcess host) => host.Output.Split("/payments/")[1][..21];

    private async Task<(string Id, string Secret)> InboxAsync(params string[] types) =>
        await app.Client.RegisteredEndpointAsync(A.WebhookEndpoint(new Uri(app.BaseAddress, WebhookInbox.Path)).For(types));

    private async Task<IReadOnlyList<System.Text.Json.JsonElement>> ReceivedAsync(string query, int count)
    {
        IReadOnlyList<System.Text.Json.JsonElement> all = [];
        await Eventually.TrueAsync(async () =>
        {
            all = [.. (await app.Client.GetAsync(WebhookInbox.Path + query)).Expect(HttpStatusCode.OK).Json.GetProperty("received").EnumerateArray()];
            return all.Count == count;
        });
        return all;
    }

    private async Task<string> PageAsync(string path, Uri? host = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(host ?? app.BaseAddress, path)) { Headers = { Accept = { new MediaTypeWithQualityHeaderValue("text/html") } } };
        using var answer = await Http.SendAsync(request);
        Assert.Equal("text/html", answer.Content.Headers.ContentType!.MediaType);
        return await answer.Content.ReadAsStringAsync();
    }
}
