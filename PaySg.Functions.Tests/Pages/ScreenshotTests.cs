using Microsoft.Playwright;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Pages;

/// <summary>Takes the pictures in <c>docs/images</c>; asked for by its category.</summary>
[Collection(Browser.Name)]
public sealed class ScreenshotTests(Browser browser)
{
    private static readonly string Folder = Path.Combine(Docs.Document.Repository.Root, "docs", "images");

    public static TheoryData<string> States => [.. PageState.All.Select(state => state.Name)];

    [BrowserTheory]
    [Trait("Category", "Screenshots")]
    [MemberData(nameof(States))]
    public async Task Every_state_of_the_page_has_its_pictures(string state)
    {
        Directory.CreateDirectory(Folder);
        foreach (var (isPhone, colors, name) in new[] { (true, ColorScheme.Light, "phone"), (false, ColorScheme.Dark, "desktop-dark") })
        {
            await using var window = await browser.OpenAsync(isPhone: isPhone, colors: colors);
            await PageState.All.Single(each => each.Name == state).ReachAsync(browser, window);
            var picture = await window.Page.ScreenshotAsync(new PageScreenshotOptions { FullPage = true, Caret = ScreenshotCaret.Hide });
            await File.WriteAllBytesAsync(Path.Combine(Folder, $"{state}-{name}.png"), SmallPng.Of(picture));
        }
    }

    [BrowserFact]
    [Trait("Category", "Screenshots")]
    public async Task A_tax_invoice_has_a_picture_of_how_it_is_printed()
    {
        await using var window = await browser.OpenAsync(colors: ColorScheme.Dark);
        await PageState.All.Single(each => each.Name == "tax-invoice").ReachAsync(browser, window);
        await window.Page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Print });

        // What A4 has between its margins, at 96 pixels to the inch.
        await window.Page.SetViewportSizeAsync(658, 400);
        var picture = await window.Page.ScreenshotAsync(new PageScreenshotOptions { FullPage = true, Caret = ScreenshotCaret.Hide });
        await File.WriteAllBytesAsync(Path.Combine(Folder, "receipt-print.png"), SmallPng.Of(picture));
    }
}
