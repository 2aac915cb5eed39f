using Microsoft.Playwright;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>Pages that look like others and say something else: each mistake that a form may have, and each reason why nothing was charged.</summary>
internal static class MistakeStates
{
    private const string RealCard = "4111 1111 1111 1111";
    private const string AmericanExpress = "3782 8224 6310 005";

    public static IReadOnlyList<PageState> All { get; } =
    [
        Card("mistake-nothing-typed", "", "", "", ""),
        Card("mistake-real-card", RealCard, "12/99", "1", RealCard),
        Card("mistake-american-express", AmericanExpress, "12/39", "123", new string('W', 300)),
        Card("failed-declined", "4000 0000 0000 0002", "12/39", "123", "Tan"),
        Card("failed-card-expired", "4000 0000 0000 0069", "12/39", "123", "Tan"),
        Card("failed-code", "4000 0000 0000 0127", "12/39", "123", "Tan"),
        new("failed-scan", async (browser, window) =>
        {
            await window.OpenAsync(await browser.CreatedPaymentAsync(PageState.Payment()), "?step=details&method=paynow");
            await window.ClickAsync("Show the QR code");
            await window.ClickAsync("Simulate a failed scan");
            await window.SeesAsync("Payment not made");
        }),
        Customer("link-mistake-nothing-typed", "", "", ""),
        Customer("link-mistake-other", "4242 4242 4242 4242", "siti", "x"),
        Customer("link-mistake-too-long", new string('W', 300), "siti@example.com", "081234567890"),
    ];

    private static PageState Card(string name, string number, string expiry, string code, string holder) => new(name, async (browser, window) =>
    {
        await window.OpenAsync(await browser.CreatedPaymentAsync(PageState.Payment()), "?step=details&method=card");
        await SendAsync(window, "Pay S$65.40", ("Card number", number), ("Expiry date", expiry), ("Security code", code), ("Name on card", holder));
    });

    private static PageState Customer(string name, string payer, string email, string phone) => new(name, async (browser, window) =>
    {
        await window.OpenAsync(await browser.App.AddLinkAsync(LinkPageStates.Link()), "?step=details&method=VA_BRI");
        await SendAsync(window, "Show the account number", ("Your name", payer), ("Email address", email), ("Phone number", phone));
    });

    /// <summary>Sends the form as something would that keeps to no limit of a field.</summary>
    private static async Task SendAsync(BrowserWindow window, string button, params (string Label, string Text)[] fields)
    {
        await window.Page.EvaluateAsync("document.querySelectorAll('input').forEach(field => field.removeAttribute('maxlength'))");
        foreach (var (label, text) in fields)
            await window.Page.GetByLabel(label, new PageGetByLabelOptions { Exact = true }).FillAsync(text);

        await window.ClickAsync(button);
        await window.Page.GetByRole(AriaRole.Alert).WaitForAsync();
        window.Forgive();
    }
}
