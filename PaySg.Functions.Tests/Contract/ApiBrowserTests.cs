using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Contract;

[Collection(Browser.Name)]
public sealed class ApiBrowserTests(Browser browser)
{
    private static readonly string Picture = Path.Combine(Docs.Document.Repository.Root, "docs", "images", "api-browser.png");

    [BrowserFact]
    public async Task A_developer_tries_a_create_on_the_page_of_the_API()
    {
        await using var window = await browser.OpenAsync();
        await TryCreateAsync(window);

        Assert.All(window.Requests.Where(request => request.Scheme != "data"), request => Assert.Equal(browser.App.BaseAddress.Authority, request.Authority));
    }

    [BrowserFact]
    [Trait("Category", "Screenshots")]
    public async Task The_page_of_the_API_has_its_picture()
    {
        await using var window = await browser.OpenAsync();
        await TryCreateAsync(window);
        await File.WriteAllBytesAsync(Picture, SmallPng.Of(await window.Page.ScreenshotAsync()));
    }

    private async Task TryCreateAsync(BrowserWindow window)
    {
        Assert.True(
            typeof(PaySgServices).Assembly.GetManifestResourceNames().Any(name => name.EndsWith("swagger-ui-bundle.js", StringComparison.Ordinal)),
            "The app was built without Swagger UI: run npm ci and build again.");

        var page = window.Page;
        await page.GotoAsync("/external/api");
        var create = page.Locator("#operations-Payments-CreatePayment");
        await create.Locator(".opblock-summary-control").ClickAsync();

        await create.Locator(".authorization__btn").ClickAsync();
        await page.Locator(".dialog-ux input").FillAsync(browser.ApiKey);
        await page.Locator(".dialog-ux button.authorize").ClickAsync();
        await page.Locator(".dialog-ux .btn-done").ClickAsync();

        await create.Locator("tr[data-param-name='paymentServiceId'] input").FillAsync(browser.ServiceId);
        await create.Locator(".execute").ClickAsync();

        var status = create.Locator(".live-responses-table tbody td.response-col_status");
        await status.First.WaitForAsync();
        Assert.Contains("201", await status.First.TextContentAsync(), StringComparison.Ordinal);
    }
}
