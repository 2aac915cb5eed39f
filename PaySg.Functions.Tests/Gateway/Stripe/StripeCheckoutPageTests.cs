using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Gateway.Stripe;

/// <summary>The hosted page of the Stripe of the tests, in a browser.</summary>
[Collection(Browser.Name)]
[Trait("Category", "Long")]
public sealed class StripeCheckoutPageTests(Browser browser)
{
    [BrowserFact]
    public async Task A_payer_goes_back_is_declined_and_pays()
    {
        await using var server = await StripeServer.StartAsync();
        var sessions = server.Client().V1.Checkout.Sessions;
        var now = TimeProvider.System.GetUtcNow();
        async Task<global::Stripe.Checkout.Session> Make(string product, Uri? success = null, Uri? cancel = null)
        {
            var options = StripeCalls.Card(now);
            options.LineItems[0].PriceData.ProductData.Name = product;
            options.SuccessUrl = success?.AbsoluteUri ?? options.SuccessUrl;
            options.CancelUrl = cancel?.AbsoluteUri ?? options.CancelUrl;
            return await sessions.CreateAsync(options);
        }

        var session = await Make("Dog licence", new Uri((await Make("Thank you")).Url), new Uri((await Make("Come again")).Url));
        await using var window = await browser.OpenAsync();

        await window.Page.GotoAsync(session.Url);
        await window.SeesAsync("Dog licence");
        await window.ClickAsync("Back");
        await window.SeesAsync("Come again");
        Assert.Equal("open", (await sessions.GetAsync(session.Id)).Status);

        server.DeclineNextCard();
        await window.Page.GotoAsync(session.Url);
        await window.ClickAsync("Pay");
        await window.Page.GetByText("Your card was declined.").WaitForAsync();
        await window.ClickAsync("Pay");
        await window.SeesAsync("Thank you");
        Assert.Equal("paid", (await sessions.GetAsync(session.Id)).PaymentStatus);
        Assert.All(window.Requests, request => Assert.Equal(server.Address.Authority, request.Authority));
    }
}
