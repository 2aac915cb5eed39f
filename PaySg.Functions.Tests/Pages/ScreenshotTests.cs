using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using PaySg.Functions.Languages;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Pages;

/// <summary>Takes the pictures in <c>docs/images</c>; asked for by its category.</summary>
[Collection(Browser.Name)]
public sealed class ScreenshotTests(Browser browser)
{
    private static readonly string Folder = Path.Combine(Docs.Document.Repository.Root, "docs", "images");

    public static TheoryData<string> States => [.. PageState.All.Where(state => !state.IsOnSheetsOnly).Select(state => state.Name)];

    [BrowserTheory]
    [Trait("Category", "Screenshots")]
    [MemberData(nameof(States))]
    public async Task Every_state_of_the_page_has_its_pictures(string state)
    {
        Directory.CreateDirectory(Folder);
        foreach (var (isPhone, colors, name) in new[] { (true, ColorScheme.Light, "phone"), (false, ColorScheme.Dark, "desktop-dark") })
        {
            await using var window = await browser.OpenAsync(isPhone: isPhone, colors: colors);
            await PageState.All.Single(each => each.Name == state).ShowAsync(browser, window);
            await File.WriteAllBytesAsync(Path.Combine(Folder, $"{state}-{name}.png"), SmallPng.Of(await PictureAsync(window)));
        }
    }

    [BrowserFact]
    [Trait("Category", "Screenshots")]
    public async Task Every_language_has_a_sheet_of_all_its_pages()
    {
        var sheets = Language.All.ToDictionary(language => language, _ => new StringBuilder());
        var read = new StringBuilder();
        foreach (var state in PageState.All.Concat(MistakeStates.All).Concat(ErrorPageStates.All))
        {
            await using var window = await browser.OpenAsync(isPhone: true);
            await state.ShowAsync(browser, window);
            read.AppendLine(await window.Page.ContentAsync());
            Add(Language.English, state.Name, await PictureAsync(window));
            foreach (var language in state.Languages.Where(language => language != Language.English))
            {
                await state.ShowInAsync(browser, window, language);
                Add(language, state.Name, await PictureAsync(window));
            }
        }

        await using var mailProgram = await browser.OpenAsync(isPhone: true);
        foreach (var language in Language.OfPayments)
        {
            foreach (var (name, subject, html) in await MailPages.OfAsync(browser, language))
            {
                await mailProgram.Page.SetContentAsync(html);
                read.AppendLine(language == Language.English ? $"{subject}\n{html}" : "");
                Add(language, $"{name}: {subject}", await PictureAsync(mailProgram));
            }
        }

        foreach (var (language, figures) in sheets)
        {
            await using var sheet = await browser.OpenAsync();
            await sheet.Page.SetViewportSizeAsync(1440, 900);
            await sheet.Page.SetContentAsync($$"""
                <!DOCTYPE html>
                <style>body{margin:8px;background:#888;columns:9;column-gap:8px;font:12px sans-serif}figure{margin:0 0 8px;break-inside:avoid}img{width:100%;display:block}</style>{{figures}}
                """);
            await File.WriteAllBytesAsync(Path.Combine(Folder, $"language-{language.Tag}.webp"), await WebPAsync(sheet));
        }

        Assert.Empty(SentencesMissingIn(WebUtility.HtmlDecode(read.ToString())));

        void Add(Language language, string name, byte[] picture) =>
            sheets[language].Append($"<figure><img src='data:image/png;base64,{Convert.ToBase64String(picture)}'><figcaption>{WebUtility.HtmlEncode(name)}</figcaption></figure>");
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
        await File.WriteAllBytesAsync(Path.Combine(Folder, "receipt-print.png"), SmallPng.Of(await PictureAsync(window)));
    }

    /// <summary>
    /// The sentences that should be on a sheet and are not. One is for a gateway that takes real cards on our own page: there is none, and the sandbox says of a
    /// card that it does not take that only test cards are accepted.
    /// </summary>
    private static IEnumerable<string> SentencesMissingIn(string shown) =>
        from entry in TextFile.Of("en").All
        where (entry.Group, entry.Key) != ("Form", "CardNotAccepted")
        where !Regex.Split(entry.Sentence, @"\{\w+\}", RegexOptions.None, TimeSpan.FromSeconds(1)).All(part => shown.Contains(part.Trim(), StringComparison.Ordinal))
        orderby entry.Group, entry.Key
        select $"{entry.Group}.{entry.Key}";

    /// <summary>The whole page as WebP, which takes half of what PNG does where pictures are scaled down.</summary>
    private static async Task<byte[]> WebPAsync(BrowserWindow window)
    {
        var session = await window.Page.Context.NewCDPSessionAsync(window.Page);
        var answer = await session.SendAsync("Page.captureScreenshot", new Dictionary<string, object>
        {
            ["format"] = "webp",
            ["quality"] = 45,
            ["captureBeyondViewport"] = true,
        });
        return answer!.Value.GetProperty("data").GetBytesFromBase64();
    }

    private static Task<byte[]> PictureAsync(BrowserWindow window) =>
        window.Page.ScreenshotAsync(new PageScreenshotOptions { FullPage = true, Caret = ScreenshotCaret.Hide });
}
