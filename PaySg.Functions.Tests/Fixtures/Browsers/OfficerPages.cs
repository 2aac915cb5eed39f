using System.Net;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>Every page of the dashboard, and how a browser that is signed in gets there.</summary>
internal static class OfficerPages
{
    public static readonly IReadOnlyList<(string Name, Func<Browser, BrowserWindow, Task> ReachAsync)> All =
    [
        ("dashboard-services", (_, window) => window.Page.GotoAsync("/dashboard")),
        ("dashboard-list", async (browser, window) =>
        {
            await SeedAsync(browser);
            await window.Page.GotoAsync(OfficerClient.ListPath);
        }),
        ("dashboard-search", (_, window) => window.Page.GotoAsync($"{OfficerClient.ListPath}?payment_status=paid&payer=Tan")),
        ("dashboard-search-wrong", (_, window) => window.Page.GotoAsync($"{OfficerClient.ListPath}?created_from=31-FEB-2026&amount=1,130.5")),
        ("dashboard-unpaid", async (browser, window) => await window.Page.GotoAsync(OfficerClient.PathOf(await CreatedAsync(browser, "HLO-2026-004219")))),
        ("dashboard-paid", async (browser, window) =>
        {
            var id = await PaidAsync(browser, "HLO-2026-004217");
            (await browser.App.Client.RefundAsync(id, 1090)).Expect(HttpStatusCode.OK);
            await window.Page.GotoAsync(OfficerClient.PathOf(id));
        }),
        ("dashboard-refund", async (browser, window) => await window.Page.GotoAsync(OfficerClient.PathOf(await PaidAsync(browser, "HLO-2026-004217")) + "?step=refund")),
        ("dashboard-refund-wrong", async (browser, window) => await window.Page.GotoAsync(OfficerClient.PathOf(await PaidAsync(browser, "HLO-2026-004217")) + "?step=confirm&amount=1.234")),
        ("dashboard-refund-confirm", async (browser, window) => await window.Page.GotoAsync(OfficerClient.PathOf(await PaidAsync(browser, "HLO-2026-004217")) + "?step=confirm&amount=10.90")),
        ("dashboard-cancel", async (browser, window) => await window.Page.GotoAsync(OfficerClient.PathOf(await CreatedAsync(browser, "HLO-2026-004219")) + "?step=cancel")),
        ("dashboard-not-found", (_, window) => window.Page.GotoAsync(OfficerClient.PathOf("nothing"))),
    ];

    /// <summary>A window of somebody who is signed in.</summary>
    public static async Task<BrowserWindow> OpenAsync(Browser browser, string person, bool isPhone)
    {
        var window = await browser.OpenAsync(isPhone: isPhone);
        await window.Page.GotoAsync($"/.auth/login/aad?person={person}");
        return window;
    }

    /// <summary>A paid payment of the demo's payment service; its id.</summary>
    public static async Task<string> PaidAsync(Browser browser, string reference)
    {
        var id = await CreatedAsync(browser, reference);
        (await browser.App.Client.PayAsync(id)).Expect(HttpStatusCode.OK);
        return id;
    }

    private static Task<string> CreatedAsync(Browser browser, string reference) =>
        browser.App.Client.CreatedPaymentAsync(PageState.Payment().With("reference_id", reference).With("payer_name", "Tan Ah Kow").With("payer_email", "tan.ah.kow@example.com"));

    private static async Task SeedAsync(Browser browser)
    {
        await CreatedAsync(browser, "HLO-2026-004215");
        (await browser.App.Client.CancelAsync(await CreatedAsync(browser, "HLO-2026-004216"))).Expect(HttpStatusCode.OK);
        (await browser.App.Client.RefundAsync(await PaidAsync(browser, "HLO-2026-004217"), 1090)).Expect(HttpStatusCode.OK);
        await PaidAsync(browser, "HLO-2026-004218");
    }
}
