using PaySg.Functions.Languages;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Pages;

/// <summary>Every page, checked by axe-core with all its rules, in light and dark.</summary>
[Trait("Category", "Long")]
[Collection(Browser.Name)]
public sealed class AccessibilityTests(Browser browser)
{
    private static readonly string Axe = Path.Combine(Docs.Document.Repository.Root, "node_modules", "axe-core", "axe.min.js");

    public static TheoryData<string> States => [.. PageState.All.Select(state => state.Name)];

    [BrowserTheory]
    [MemberData(nameof(States))]
    public async Task No_page_has_a_violation_and_each_fits_a_phone(string state)
    {
        await using var window = await browser.OpenAsync(isPhone: true);
        await PageState.All.Single(each => each.Name == state).ReachAsync(browser, window);
        await Accessibility.CheckAsync(window, state);
    }

    public static TheoryData<string, string> StatesInLanguages
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var language in Language.All.Where(language => language != Language.English))
            {
                foreach (var state in PageState.In(language))
                    data.Add(language.Tag, state.Name);
            }

            return data;
        }
    }

    [BrowserTheory]
    [MemberData(nameof(StatesInLanguages))]
    public async Task No_page_of_a_language_has_a_violation_and_each_fits_the_narrowest_phone(string tag, string state)
    {
        await using var window = await browser.OpenAsync(Language.Find(Language.All, tag), isPhone: true);
        await PageState.All.Single(each => each.Name == state).ReachInItsLanguageAsync(browser, window);
        await Accessibility.CheckAsync(window, $"{state} in {tag}");
        await window.Page.SetViewportSizeAsync(320, 640);
        Assert.Equal(0, await window.OverflowAsync());
    }

    /// <summary>Whatever anybody is called: 255 × W, names that are written from right to left, and no place to break a line at.</summary>
    [BrowserTheory]
    [InlineData("zh")]
    [InlineData("ms")]
    [InlineData("ta")]
    [InlineData("en")]
    public async Task Long_and_Arabic_and_Hebrew_names_fit_in_every_language(string tag)
    {
        await using var window = await browser.OpenAsync(Language.Find(Language.All, tag), isPhone: true);
        foreach (var name in (string[])[new string('W', 255), "محمد عبد الرحمن \u202Eبن علي", "דוד בן־גוריון", new string('ஸ', 120)])
        {
            var id = await browser.CreatedPaymentAsync(A.Payment().With("payer_name", name).With("description", name).With("reference_id", name));
            await window.OpenAsync(id);
            await window.ChooseAsync();
            foreach (var query in (string[])["", "?step=method", "?step=details&method=card"])
            {
                foreach (var width in (int[])[320, 360])
                {
                    await window.Page.SetViewportSizeAsync(width, 640);
                    await window.OpenAsync(id, query);
                    Assert.Equal(0, await window.OverflowAsync());
                }
            }

            await browser.App.Client.PostAsync($"/sandbox/payments/{id}", """{"outcome":"succeeded"}""", browser.ApiKey);
            await window.OpenAsync(id);
            Assert.Equal(0, await window.OverflowAsync());
        }
    }

    [BrowserFact]
    public async Task The_check_finds_what_is_wrong()
    {
        await using var window = await browser.OpenAsync();
        await window.Page.SetContentAsync("<html><body><input><p style='color:#aaa;background:#fff'>pale</p>");
        await window.Page.EvaluateAsync(await File.ReadAllTextAsync(Axe));

        var found = await window.Page.EvaluateAsync<string[]>("async () => (await axe.run()).violations.map(rule => rule.id)");

        Assert.Contains("label", found);
        Assert.Contains("color-contrast", found);
        Assert.Contains("html-has-lang", found);
    }
}
