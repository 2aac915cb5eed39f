using Microsoft.Playwright;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Dashboard;

/// <summary>Takes the pictures of the dashboard in <c>docs/images</c>; asked for by its category.</summary>
[Collection(OfficersBrowser.Name)]
public sealed class DashboardScreenshotTests(Browser browser)
{
    private static readonly string Folder = Path.Combine(Docs.Document.Repository.Root, "docs", "images");

    [BrowserTheory]
    [Trait("Category", "Screenshots")]
    [InlineData("dashboard-list", false, ColorScheme.Light, "desktop")]
    [InlineData("dashboard-list", true, ColorScheme.Dark, "phone-dark")]
    [InlineData("dashboard-search-wrong", false, ColorScheme.Light, "desktop")]
    [InlineData("dashboard-paid", false, ColorScheme.Light, "desktop")]
    [InlineData("dashboard-unpaid", true, ColorScheme.Light, "phone")]
    [InlineData("dashboard-new-wrong", false, ColorScheme.Light, "desktop")]
    [InlineData("dashboard-new-items", false, ColorScheme.Light, "desktop")]
    [InlineData("dashboard-new-items-wrong", true, ColorScheme.Dark, "phone-dark")]
    [InlineData("dashboard-batch-wrong", false, ColorScheme.Light, "desktop")]
    [InlineData("dashboard-batch-ready", true, ColorScheme.Dark, "phone-dark")]
    [InlineData("dashboard-batch-done", true, ColorScheme.Light, "phone")]
    [InlineData("dashboard-batches", false, ColorScheme.Light, "desktop")]
    [InlineData("dashboard-reports", false, ColorScheme.Light, "desktop")]
    [InlineData("dashboard-reports", true, ColorScheme.Dark, "phone-dark")]
    [InlineData("dashboard-members", false, ColorScheme.Light, "desktop")]
    [InlineData("dashboard-members", true, ColorScheme.Dark, "phone-dark")]
    [InlineData("dashboard-refund-confirm", true, ColorScheme.Dark, "phone-dark")]
    [InlineData("dashboard-settings", false, ColorScheme.Light, "desktop")]
    [InlineData("dashboard-settings-wrong", true, ColorScheme.Dark, "phone-dark")]
    [InlineData("dashboard-audit", false, ColorScheme.Light, "desktop")]
    [InlineData("dashboard-audit", true, ColorScheme.Dark, "phone-dark")]
    [InlineData("dashboard-key", false, ColorScheme.Light, "desktop")]
    [InlineData("dashboard-key-new-wrong", true, ColorScheme.Light, "phone")]
    [InlineData("dashboard-webhook", true, ColorScheme.Dark, "phone-dark")]
    [InlineData("dashboard-delivery", false, ColorScheme.Light, "desktop")]
    [InlineData("dashboard-links", false, ColorScheme.Light, "desktop")]
    [InlineData("dashboard-link", true, ColorScheme.Dark, "phone-dark")]
    [InlineData("dashboard-new-link-wrong", true, ColorScheme.Light, "phone")]
    public async Task A_page_has_its_picture(string name, bool isPhone, ColorScheme colors, string kind)
    {
        await using var window = await OfficerPages.OpenAsync(browser, "everything", isPhone);
        await window.Page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = colors });
        await OfficerPages.All.Single(page => page.Name == name).ReachAsync(browser, window);
        window.Forgive();

        var picture = await window.Page.ScreenshotAsync(new PageScreenshotOptions { FullPage = true, Caret = ScreenshotCaret.Hide });
        await File.WriteAllBytesAsync(Path.Combine(Folder, $"{name}-{kind}.png"), SmallPng.Of(picture));
    }
}
