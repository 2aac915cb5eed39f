using Microsoft.Playwright;
using PaySg.Functions.Access;
using PaySg.Functions.Operations.Contract;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Operations.Contract;

[Trait("Category", "Long")]
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
    public async Task On_a_laptop_the_key_and_the_ids_of_the_demo_are_filled_in_and_the_start_is_told_first()
    {
        await using var window = await browser.OpenAsync();
        await window.Page.GotoAsync("/external/api");
        var create = await OpenCreateAsync(window.Page);

        Assert.Equal(ApiClient.ServiceId, await create.Locator("tr[data-param-name='paymentServiceId'] input").InputValueAsync());
        await create.Locator(".execute").ClickAsync();
        await SeesCreatedAsync(create);
        var told = await window.Page.Locator(".info .description").TextContentAsync();
        Assert.InRange(told!.IndexOf("How to start", StringComparison.Ordinal), 0, told.IndexOf("x-permission", StringComparison.Ordinal));
        Assert.Contains($"curl -X 'POST' \\\n  '{browser.App.BaseAddress}v1/payment-services/{ApiClient.ServiceId}/payments'", await create.Locator(".curl").TextContentAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Production", "paysg_stag_demo", false)]
    [InlineData("Development", "paysg_stag_demo", true)]
    [InlineData("Development", "paysg_stag_0123456789abcdef0123456789abcdef", false)]
    public void A_key_is_on_the_page_on_a_laptop_alone_and_only_the_one_that_everybody_knows(string environment, string key, bool isShown)
    {
        var settings = ReadSettings.OfApp("http://localhost:7071");
        var access = ReadSettings.OfAccess() with { DemoApiKey = AccessSettings.DemoApiKeyOf(environment == "Development", key) };

        var page = System.Text.Encoding.UTF8.GetString(new ApiBrowser(settings, access).Page().Body.Span);

        Assert.Equal(isShown, page.Contains("paysg_stag", StringComparison.Ordinal));
        Assert.Equal(isShown, page.Contains("data-api-key", StringComparison.Ordinal));
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
        var create = await OpenCreateAsync(page);

        await create.Locator(".authorization__btn").ClickAsync();
        await page.Locator(".dialog-ux button", new PageLocatorOptions { HasText = "Logout" }).ClickAsync();
        await page.Locator(".dialog-ux input").FillAsync(browser.ApiKey);
        await page.Locator(".dialog-ux button.authorize").ClickAsync();
        await page.Locator(".dialog-ux .btn-done").ClickAsync();

        await create.Locator("tr[data-param-name='paymentServiceId'] input").FillAsync(browser.ServiceId);
        await create.Locator(".execute").ClickAsync();

        await SeesCreatedAsync(create);
    }

    private static async Task<ILocator> OpenCreateAsync(IPage page)
    {
        var create = page.Locator("#operations-Payments-CreatePayment");
        await create.Locator(".opblock-summary-control").ClickAsync();
        return create;
    }

    private static async Task SeesCreatedAsync(ILocator create)
    {
        var status = create.Locator(".live-responses-table tbody td.response-col_status");
        await status.First.WaitForAsync();
        Assert.Contains("201", await status.First.TextContentAsync(), StringComparison.Ordinal);
    }
}
