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
