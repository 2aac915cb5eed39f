using System.Net;
using Microsoft.Playwright;
using PaySg.Functions.Tests.Fixtures;
using PaySg.LocalHost.Demo;
using PaySg.LocalHost.Mailbox;

namespace PaySg.Functions.Tests.LocalHost;

/// <summary>LocalHost's pages and the page at the root, in a browser; their pictures are asked for by the category.</summary>
[Collection(Browser.Name)]
public sealed class LocalPagesScreenshotTests(Browser browser)
{
    private static readonly string Folder = Path.Combine(Docs.Document.Repository.Root, "docs", "images");

    [BrowserTheory]
    [Trait("Category", "Long")]
    [InlineData("/", "Make a payment")]
    [InlineData(WebhookInbox.Path, "Webhook inbox")]
    [InlineData(MailboxPages.Path, "Mailbox")]
    public async Task A_page_fits_a_phone_and_reports_no_error(string path, string heading)
    {
        await FillAsync(browser.App.Client);
        foreach (var colors in (ColorScheme[])[ColorScheme.Light, ColorScheme.Dark])
        {
            await using var window = await browser.OpenAsync(isPhone: true, colors: colors);
            await window.Page.GotoAsync(path);
            await window.SeesAsync(heading);

            Assert.Equal(0, await window.OverflowAsync());
            foreach (var details in await window.Page.Locator("summary").AllAsync())
                await details.ClickAsync();
            Assert.Equal(0, await window.OverflowAsync());
        }
    }

    [BrowserFact]
    [Trait("Category", "Screenshots")]
    public async Task Every_page_has_its_pictures()
    {
        await using var host = await LocalHostProcess.StartAsync(await TestAzurite.NewAccountAsync());
        var endpoint = await FillAsync(host.Client);
        foreach (var (page, name) in new[]
        {
            (new Uri(host.Client.BaseAddress, "/"), "local-start"),
            (new Uri(host.Client.BaseAddress, $"{WebhookInbox.Path}?endpoint={endpoint}"), "local-webhook-inbox"),
            (new Uri(host.Client.BaseAddress, MailboxPages.Path), "local-mailbox"),
            (browser.App.BaseAddress, "home"),
        })
        {
            foreach (var (isPhone, colors, kind) in new[] { (true, ColorScheme.Light, "phone"), (false, ColorScheme.Dark, "desktop-dark") })
            {
                await using var window = await browser.OpenAsync(isPhone: isPhone, colors: colors);
                await window.Page.GotoAsync(page.AbsoluteUri);
                if (await window.Page.Locator("summary").CountAsync() > 0)
                    await window.Page.Locator("summary").First.ClickAsync();
                var picture = await window.Page.ScreenshotAsync(new PageScreenshotOptions { FullPage = true, Caret = ScreenshotCaret.Hide });
                await File.WriteAllBytesAsync(Path.Combine(Folder, $"{name}-{kind}.png"), SmallPng.Of(picture));
            }
        }
    }

    /// <summary>Something of everything; the endpoint that got it.</summary>
    private static async Task<string> FillAsync(ApiClient client)
    {
        var (endpoint, _) = await client.RegisteredEndpointAsync(A.WebhookEndpoint(new Uri(client.BaseAddress, $"{WebhookInbox.Path}?{PaymentLinkCalls.NewReffNo()}")).For("payment.email_sent", "payment.succeeded"));
        await client.RegisteredEndpointAsync(A.WebhookEndpoint(new Uri(client.BaseAddress, $"{WebhookInbox.Path}?{PaymentLinkCalls.NewReffNo()}")).For("payment.cancelled"));
        foreach (var type in (string[])["payment.succeeded", "payment.cancelled", "payment.email_sent"])
            (await client.PostAsync($"/sandbox/events/{type}", "")).Expect(HttpStatusCode.OK);
        await Eventually.TrueAsync(async () =>
            (await client.GetAsync($"{WebhookInbox.Path}?endpoint={endpoint}")).Json.GetProperty("received").GetArrayLength() >= 2);
        return endpoint;
    }
}
