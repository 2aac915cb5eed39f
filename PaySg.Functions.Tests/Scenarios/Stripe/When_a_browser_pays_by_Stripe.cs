using Microsoft.Playwright;
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

        await window.Page.GotoAsync(AddressOf(app, id, ""));
        await window.FollowAsync("Proceed");
        await window.ClickAsync("Continue");
        await window.SeesAsync("Pay by card");
        await window.ClickAsync("Continue to Stripe");

        // Our page leads on by itself: this button is Stripe's.
        await window.ClickAsync("Back");
        await window.SeesAsync("Waiting for your card payment");
        await window.FollowAsync("Go to the card page");
        await window.ClickAsync("Pay");
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

        await window.Page.GotoAsync(AddressOf(app, id, "?step=details&method=paynow"));
        await window.ClickAsync("Show the QR code");
        await window.SeesAsync("Scan to pay S$11.30");
        var saved = await window.Page.RunAndWaitForDownloadAsync(() => window.FollowAsync("Save the QR code"));
        Assert.Equal($"paynow-{id}.png", saved.SuggestedFilename);
        Assert.True(app.Stripe.SettlePayNow((await app.Client.GetPaymentAsync(id))["stripe_payment_intent_id"]!, succeeds: true));

        // The page asks by itself.
        await window.SeesAsync("S$11.30 paid");
    }

    [BrowserFact]
    public async Task Should_see_that_the_QR_code_has_run_out_and_pay_by_a_new_one_once()
    {
        await using var app = await StripeApp.StartAsync(sendsNotices: false, PaySgApp.NoSweeper);
        var id = await app.Client.CreatedPaymentAsync();
        await using var window = await browser.OpenAsync();

        await window.Page.GotoAsync(AddressOf(app, id, "?step=details&method=paynow"));
        await window.ClickAsync("Show the QR code");
        await window.SeesAsync("Scan to pay S$11.30");
        var old = (await app.Client.GetPaymentAsync(id))["stripe_payment_intent_id"]!;

        // Some seconds before the end, the page counts them, and then becomes another one by itself.
        app.Clock.Shift = TimeSpan.FromMinutes(60) - TimeSpan.FromSeconds(8);
        await window.Page.ReloadAsync();
        await window.SeesAsync("This QR code has expired");
        await window.ClickAsync("Get a new QR code");
        await window.SeesAsync("Scan to pay S$11.30");

        var intent = (await app.Client.GetPaymentAsync(id))["stripe_payment_intent_id"]!;
        Assert.NotEqual(old, intent);
        Assert.False(app.Stripe.SettlePayNow(old, succeeds: true));
        Assert.True(app.Stripe.SettlePayNow(intent, succeeds: true));
        await window.ClickAsync("Check now");
        await window.SeesAsync("S$11.30 paid");
        Assert.Single(app.Stripe.Books.Charges);
    }

    [BrowserFact]
    public async Task Should_find_by_asking_what_no_notice_told()
    {
        await using var app = await StripeApp.StartAsync(sendsNotices: false);
        var id = await app.Client.CreatedPaymentAsync();
        await using var window = await browser.OpenAsync();

        await window.Page.GotoAsync(AddressOf(app, id, "?step=details&method=paynow"));
        await window.ClickAsync("Show the QR code");
        await window.SeesAsync("Scan to pay S$11.30");
        Assert.True(app.Stripe.SettlePayNow((await app.Client.GetPaymentAsync(id))["stripe_payment_intent_id"]!, succeeds: true));
        await window.ClickAsync("Check now");
        await window.SeesAsync("S$11.30 paid");

        Assert.Single(app.Stripe.Books.Charges);
    }

    [BrowserFact]
    public async Task Should_see_that_the_hosted_page_has_expired_and_pay_on_another()
    {
        await using var app = await StripeApp.StartAsync();
        var id = await app.Client.CreatedPaymentAsync();
        await using var window = await browser.OpenAsync();

        await window.Page.GotoAsync(AddressOf(app, id, "?step=details&method=card"));
        await window.ClickAsync("Continue to Stripe");
        await window.ClickAsync("Back");
        await window.SeesAsync("Waiting for your card payment");
        PassAnHour(app);

        // The page asks by itself, and the notice has come.
        await window.SeesAsync("Payment not made");
        await window.FollowAsync("Pay another way");
        await window.ClickAsync("Continue");
        await window.ClickAsync("Continue to Stripe");
        await window.ClickAsync("Pay");
        await window.SeesAsync("S$11.30 paid");

        await PaidOnTheSecondPageAsync(app, id);
    }

    [BrowserTheory]
    [InlineData("Check now")]
    [InlineData("Start again")]
    public async Task Should_begin_again_although_no_notice_told_that_the_hosted_page_has_expired(string button)
    {
        await using var app = await StripeApp.StartAsync(sendsNotices: false, PaySgApp.NoSweeper);
        var id = await app.Client.CreatedPaymentAsync();
        await using var window = await browser.OpenAsync();

        await window.Page.GotoAsync(AddressOf(app, id, "?step=details&method=card"));
        await window.ClickAsync("Continue to Stripe");
        await window.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Pay" }).WaitForAsync();
        PassAnHour(app);
        await window.ClickAsync("Pay");
        await window.Page.GetByText("This page is not available any more.").WaitForAsync();

        // The payer opens the link of the payment once more.
        await window.Page.GotoAsync(AddressOf(app, id, ""));
        await window.SeesAsync("Your time to pay by card has run out");
        await window.ClickAsync(button);
        if (button == "Check now")
        {
            await window.SeesAsync("Payment not made");
            await window.FollowAsync("Pay another way");
            await window.ClickAsync("Continue");
            await window.ClickAsync("Continue to Stripe");
        }

        await window.ClickAsync("Pay");
        await window.SeesAsync("Waiting for your card payment");
        await window.ClickAsync("Check now");
        await window.SeesAsync("S$11.30 paid");

        await PaidOnTheSecondPageAsync(app, id);
    }

    [BrowserFact]
    public async Task Should_have_pages_without_a_violation_that_fit_a_phone()
    {
        await using var app = await StripeApp.StartAsync(sendsNotices: false, PaySgApp.NoSweeper);
        var card = await app.Client.CreatedPaymentAsync();
        await app.BeginCardAsync(card);
        var payNow = await app.Client.CreatedPaymentAsync();
        await app.BeginPayNowAsync(payNow);
        var small = await app.Client.CreatedPaymentAsync(A.Payment().Of(49));
        await using var window = await browser.OpenAsync(isPhone: true);

        foreach (var (id, query) in (IEnumerable<(string, string)>)[
            (card, "?step=method"), (card, "?step=details&method=card"), (card, "?step=back"), (card, "?step=waiting"), (payNow, ""), (small, "?step=method")])
        {
            await CheckAsync(id, query);
        }

        app.Clock.Shift = TimeSpan.FromMinutes(61);
        await CheckAsync(card, "?step=waiting", "Your time to pay by card has run out");
        await CheckAsync(payNow, "", "This QR code has expired");

        async Task CheckAsync(string id, string query, string? heading = null)
        {
            await window.Page.GotoAsync(AddressOf(app, id, query));
            if (heading is not null)
                await window.SeesAsync(heading);
            await Accessibility.CheckAsync(window, query);
        }
    }

    private static string AddressOf(StripeApp app, string id, string query) => new Uri(app.Product.BaseAddress, PageClient.PathOf(id) + query).AbsoluteUri;

    /// <summary>Longer than a hosted page is open.</summary>
    private static void PassAnHour(StripeApp app)
    {
        app.Clock.Shift = TimeSpan.FromMinutes(61);
        app.Stripe.PassTime();
    }

    private static async Task PaidOnTheSecondPageAsync(StripeApp app, string id)
    {
        Assert.Equal("paid", (await app.Client.GetPaymentAsync(id))["payment_status"]);
        Assert.Equal(["expired", "complete"], app.Stripe.Objects("checkout.session").Select(session => session["status"]!.GetValue<string>()));
        Assert.Single(app.Stripe.Books.Charges);
    }
}
