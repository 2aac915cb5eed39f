using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Scenarios;

[Collection(Browser.Name)]
[Trait("Category", "Long")]
public sealed class When_a_browser_pays_by_Stripe(Browser browser)
{
    [BrowserFact]
    public async Task Should_go_to_the_hosted_page_and_come_back_paid()
    {
        await using var app = await StripeApp.StartAsync();
        var id = await app.Client.CreatedPaymentAsync();
        await using var window = await browser.OpenAsync();

        await window.Page.GotoAsync(new Uri(app.Product.BaseAddress, PageClient.PathOf(id)).AbsoluteUri);
        await window.FollowAsync("Proceed");
        await window.ClickAsync("Continue");
        await window.SeesAsync("Pay by card");
        await window.ClickAsync("Continue to Stripe");

        // Our page has led on by itself.
        await window.Page.WaitForURLAsync(url => url.StartsWith(app.Stripe.Address.AbsoluteUri, StringComparison.Ordinal));
        await window.ClickAsync("Back");
        await window.SeesAsync("You have not paid yet");
        await window.FollowAsync("Go on to the card page");
        await window.ClickAsync("Pay");
        await window.Page.WaitForURLAsync(url => url.StartsWith(app.Product.BaseAddress.AbsoluteUri, StringComparison.Ordinal));
        await window.SeesAsync("S$11.30 paid");

        Assert.Equal("paid", (await app.Client.GetPaymentAsync(id))["payment_status"]);
        Assert.All(window.Requests, request => Assert.Contains(request.Authority, new[] { app.Product.BaseAddress.Authority, app.Stripe.Address.Authority }));
    }

    [BrowserFact]
    public async Task Should_scan_a_QR_code_save_it_and_see_that_it_was_paid()
    {
        await using var app = await StripeApp.StartAsync();
        var id = await app.Client.CreatedPaymentAsync();
        await using var window = await browser.OpenAsync();
        var page = new Uri(app.Product.BaseAddress, PageClient.PathOf(id)).AbsoluteUri;

        await window.Page.GotoAsync($"{page}?step=details&method=paynow");
        await window.ClickAsync("Show the QR code");
        await window.SeesAsync("Scan to pay S$11.30");
        var saved = await window.Page.RunAndWaitForDownloadAsync(() => window.FollowAsync("save the QR code"));
        Assert.Equal($"paynow-{id}.png", saved.SuggestedFilename);
        Assert.True(app.Stripe.SettlePayNow((await app.Client.GetPaymentAsync(id))["stripe_payment_intent_id"]!, succeeds: true));

        // The page asks by itself.
        await window.SeesAsync("S$11.30 paid");
    }
}
