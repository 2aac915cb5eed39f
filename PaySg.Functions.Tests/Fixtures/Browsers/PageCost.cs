using PaySg.Functions.Languages;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>Checks what the page of a window weighs, and how often storage is asked for it.</summary>
internal static class PageCost
{
    /// <summary>Leaves the page, so that its script asks for nothing meanwhile.</summary>
    public static async Task CheckAsync(Browser browser, BrowserWindow window, PageState state)
    {
        var shown = await window.Page.ContentAsync();
        var address = new Uri(window.Page.Url);
        await window.Page.GotoAsync("about:blank");
        var app = address.Authority == browser.App.BaseAddress.Authority ? browser.App : (await browser.AgencyAsync()).App;
        Assert.InRange(await PageWeight.OfAsync(app.BaseAddress, shown), 1000, shown.Contains("/logos/", StringComparison.Ordinal) ? PageWeight.Most : PageWeight.MostWithoutLogo);

        // Who is paid is remembered from the first time on. A link's page is two round trips; that of an attempt, or of a form that was sent, asks for it beside
        // the link, so nobody waits longer.
        var isOfOnePayer = address.Query.Contains("attempt=", StringComparison.Ordinal) || address.Query.Contains("form=", StringComparison.Ordinal);
        var mostAsked = state.Languages != Language.OfLinks ? 1 : isOfOnePayer ? 3 : 2;
        using var pages = new PageClient(app.BaseAddress);
        await pages.GetAsync(address.PathAndQuery);
        app.HttpTraffic.Forget();
        await pages.GetAsync(address.PathAndQuery);
        var asked = app.HttpTraffic.TableRequests.Count(request => !request.Url.AbsolutePath.Contains("access", StringComparison.Ordinal));
        Assert.InRange(asked, 0, mostAsked);
    }
}
