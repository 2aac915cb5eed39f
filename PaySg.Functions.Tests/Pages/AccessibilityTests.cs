using PaySg.Functions.Languages;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Pages;

/// <summary>Every page, checked by axe-core with all its rules in English and in another language, whether it fits narrow phones in every language, and what it costs.</summary>
[Trait("Category", "Long")]
[Collection(OfficersBrowser.Name)]
public sealed class AccessibilityTests(Browser browser)
{
    private static readonly string Axe = Path.Combine(Docs.Document.Repository.Root, "node_modules", "axe-core", "axe.min.js");

    public static TheoryData<string> States => [.. PageState.All.Select(state => state.Name)];

    [BrowserTheory]
    [MemberData(nameof(States))]
    public async Task No_page_has_a_violation_and_each_fits_a_narrow_phone_in_each_language_and_costs_little(string name)
    {
        var state = PageState.All.Single(each => each.Name == name);
        await using var window = await browser.OpenAsync(isPhone: true);
        await state.ShowAsync(browser, window);
        await Accessibility.CheckAsync(window, name);

        // axe-core takes its time: it sees each page in one more language, each language on many pages.
        var others = state.Languages.Where(language => language != Language.English).ToList();
        var seen = others[PageState.All.TakeWhile(each => each != state).Count() % others.Count];
        foreach (var language in others)
        {
            await state.ShowInAsync(browser, window, language);
            if (language == seen)
                await Accessibility.CheckWordsAsync(window, $"{name} in {language.Tag}");
            else
                await Accessibility.FitsAsync(window, $"{name} in {language.Tag}");
        }

        await PageCost.CheckAsync(browser, window, state);
    }

    /// <summary>Whatever anybody is called: 255 × W, names that are written from right to left, and no place to break a line at.</summary>
    [BrowserFact]
    public async Task Long_and_Arabic_and_Hebrew_names_fit_in_every_language_on_pages_and_in_mails()
    {
        await using var window = await browser.OpenAsync(isPhone: true);
        await using var mailProgram = await browser.OpenAsync(isPhone: true);
        string[] queries = ["", "?step=method", "?step=details&method=card"];
        List<string> names = [new string('W', 255), "محمد عبد الرحمن \u202Eبن علي", "דוד בן־גוריון", new string('ஸ', 120)];
        foreach (var name in names)
        {
            var payment = A.Payment().Of(6540).With("payer_name", name).With("description", name).With("reference_id", name);
            var id = await browser.CreatedPaymentAsync(payment);
            // Each name meets each page and each language, and so do they each other; its mails are in one language.
            for (var i = 0; i < Language.OfPayments.Count; i++)
            {
                var query = queries[(i + names.IndexOf(name)) % queries.Length];
                await window.OpenAsync(id, $"{query}{(query.Length > 0 ? '&' : '?')}lang={Language.OfPayments[i].Tag}");
                await FitsAsync(window);
            }

            foreach (var (_, _, html) in await MailPages.OfAsync(browser, Language.OfPayments[names.IndexOf(name) % Language.OfPayments.Count], payment))
            {
                await mailProgram.Page.SetContentAsync(html);
                await FitsAsync(mailProgram);
            }

            await browser.App.Client.PayAsync(id);
            foreach (var language in Language.OfPayments)
            {
                await window.OpenAsync(id, $"?lang={language.Tag}");
                await FitsAsync(window);
            }
        }
    }

    [BrowserFact]
    public async Task No_page_of_a_mistake_or_an_error_has_a_violation_and_each_fits_a_narrow_phone_in_each_language()
    {
        foreach (var state in MistakeStates.All.Concat(ErrorPageStates.All))
        {
            // A language that was chosen stays in the window.
            await using var window = await browser.OpenAsync(isPhone: true);
            await state.ShowAsync(browser, window);
            await Accessibility.CheckWordsAsync(window, state.Name);
            foreach (var language in state.Languages)
            {
                await state.ShowInAsync(browser, window, language);
                await Accessibility.CheckLinesAsync(window, $"{state.Name} in {language.Tag}");
            }
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

    private static async Task FitsAsync(BrowserWindow window)
    {
        foreach (var width in (int[])[360, 320])
        {
            await window.Page.SetViewportSizeAsync(width, 640);
            Assert.Equal(0, await window.OverflowAsync());
        }
    }
}
