using Microsoft.Playwright;
using PaySg.Functions.PaymentLinks;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Scenarios;

[Collection(Browser.Name)]
public sealed class When_a_payer_of_a_link_uses_a_browser(Browser browser)
{
    private const string Pay = "Pay Rp 165.000";
    private const string Paid = "Rp 165.000 paid";

    [BrowserTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Should_give_the_details_that_are_asked_for_and_pay_by_QRIS_with_and_without_script(bool script)
    {
        var link = await browser.App.AddLinkAsync(LinkPageStates.Link());
        await using var window = await browser.OpenAsync(script, isPhone: true);

        await window.OpenAsync(link);
        await window.SeesAsync(Pay);
        await window.FollowAsync("Proceed");
        await window.SeesAsync("Choose how to pay");
        await window.Page.GetByLabel("QRIS").CheckAsync();
        await window.ClickAsync("Continue");
        await window.FillCustomerAsync();
        await window.ClickAsync("Show the QR code");
        await window.SeesAsync("Scan to pay Rp 165.000");
        var code = await window.Page.GetByRole(AriaRole.Img, new PageGetByRoleOptions { Name = "QRIS code" }).BoundingBoxAsync();
        Assert.InRange(code!.Width, 200, 300);
        await window.ClickAsync("Check now");
        await window.SeesAsync("Scan to pay Rp 165.000");
        await window.ClickAsync("Simulate the scan");
        await window.SeesAsync(Paid);

        Assert.Equal("Siti Café", Assert.Single(await browser.App.AttemptsAsync(link)).Customer.Name);
        Assert.Equal(1, (await browser.App.LinkAsync(link)).CurrentUsage);
        Assert.All(window.Requests, request => Assert.Equal(browser.App.BaseAddress.Authority, request.Authority));
    }

    [BrowserFact]
    [Trait("Category", "Long")]
    public async Task Should_transfer_to_an_account_number_and_see_the_receipt_as_soon_as_the_bank_has_it()
    {
        var link = await browser.App.AddLinkAsync(LinkPageStates.Link());
        await using var window = await browser.OpenAsync();
        await window.OpenAsync(link, "?step=method");
        await window.Page.GetByLabel("BRI").CheckAsync();
        await window.ClickAsync("Continue");
        await window.FillCustomerAsync();
        await window.ClickAsync("Show the account number");
        await window.SeesAsync("Transfer Rp 165.000");

        // What is copied has no blanks in it.
        var attempt = Assert.Single(await browser.App.AttemptsAsync(link));
        Assert.Equal(attempt.MethodValue, await window.Page.Locator(".figure code").TextContentAsync());
        await window.Page.ReloadAsync();
        await window.SeesAsync("Transfer Rp 165.000");

        (await browser.App.Client.SettleAsync(attempt.ReffNo)).Expect(System.Net.HttpStatusCode.OK);

        await window.SeesAsync(Paid);
    }

    [BrowserFact]
    [Trait("Category", "Long")]
    public async Task Should_pay_with_another_card_after_one_was_declined()
    {
        var link = await browser.App.AddLinkAsync(LinkPageStates.Link());
        await using var window = await browser.OpenAsync();
        await OpenCardAsync(window, link, "4000000000000002");

        await window.ClickAsync(Pay);
        await window.SeesAsync("Payment not made");
        await window.FollowAsync("Try again");
        Assert.Equal("", await window.Page.GetByLabel("Card number").InputValueAsync());
        await window.FillCustomerAsync();
        await window.FillCardAsync();
        await window.ClickAsync(Pay);
        await window.SeesAsync(Paid);

        Assert.Equal(1, (await browser.App.LinkAsync(link)).CurrentUsage);
    }

    [BrowserFact]
    [Trait("Category", "Long")]
    public async Task Should_be_told_what_is_wrong_and_led_to_the_field()
    {
        await using var window = await browser.OpenAsync();
        await window.OpenAsync(await browser.App.AddLinkAsync(LinkPageStates.Link()), "?step=details&method=QRIS");
        await window.FillCustomerAsync();
        await window.Page.GetByLabel("Email address").FillAsync("siti@");

        await window.ClickAsync("Show the QR code");
        await window.Page.GetByRole(AriaRole.Alert).WaitForAsync();
        window.Forgive();

        Assert.Equal("errors", await window.Page.EvaluateAsync<string>("document.activeElement.className"));
        await window.FollowAsync("Enter an email address");
        Assert.Equal("customer_email", await window.Page.EvaluateAsync<string>("document.activeElement.id"));
        Assert.Equal("Siti Café", await window.Page.GetByLabel("Your name").InputValueAsync());
    }

    [BrowserTheory]
    [Trait("Category", "Long")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Should_be_charged_once_for_two_clicks(bool script)
    {
        var link = await browser.App.AddLinkAsync(LinkPageStates.Link());
        await using var window = await browser.OpenAsync(script);
        await OpenCardAsync(window, link, PageClient.GoodCard);

        await window.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = Pay }).DblClickAsync();

        // The second click may come while the first is at the gateway: then the page checks, by itself or by its button.
        var checking = window.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Check now" });
        var paid = window.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = Paid });
        await paid.Or(checking).First.WaitForAsync();
        if (await checking.IsVisibleAsync())
            await checking.ClickAsync();
        await window.SeesAsync(Paid);
        Assert.Single(await browser.App.AttemptsAsync(link));
        Assert.Equal(1, (await browser.App.LinkAsync(link)).CurrentUsage);
    }

    [BrowserFact]
    [Trait("Category", "Long")]
    public async Task Should_pay_nothing_more_by_the_back_button_and_the_form_that_the_browser_kept()
    {
        var link = await browser.App.AddLinkAsync(LinkPageStates.Link());
        await using var window = await browser.OpenAsync();
        await OpenCardAsync(window, link, PageClient.GoodCard);
        var key = await window.Page.Locator("input[name=form]").GetAttributeAsync("value");
        await window.ClickAsync(Pay);
        await window.SeesAsync(Paid);

        await window.Page.GoBackAsync();
        await window.SeesAsync("Enter your card details");

        // A browser that kept the page has the old key in it; one that asked for it anew is made to look like that.
        await window.Page.EvaluateAsync("key => { document.querySelector('input[name=form]').value = key; }", key);
        await window.FillCustomerAsync();
        await window.FillCardAsync();
        await window.ClickAsync(Pay);
        await window.SeesAsync(Paid);

        Assert.Single(await browser.App.AttemptsAsync(link));
        Assert.Equal(1, (await browser.App.LinkAsync(link)).CurrentUsage);
    }

    [BrowserTheory]
    [Trait("Category", "Long")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Should_be_led_on_after_paying(bool script)
    {
        const string shop = "https://shop.example.com/thank-you?order=7&x=y";
        var link = await browser.App.AddLinkAsync(LinkPageStates.Link().With(terms => terms with { RedirectUrl = shop }));
        await using var window = await browser.OpenAsync(script);
        await window.Page.RouteAsync("https://shop.example.com/**", route => route.FulfillAsync(new RouteFulfillOptions
        {
            ContentType = "text/html",
            Body = "<!DOCTYPE html><title>Shop</title><link rel=icon href=data:,><h1>Thank you</h1>",
        }));
        await OpenCardAsync(window, link, PageClient.GoodCard);

        await window.ClickAsync(Pay);
        await window.SeesAsync("Thank you");
        Assert.Equal(shop, window.Page.Url);

        // Whoever opens the receipt later is not sent away.
        await window.OpenAsync(link, LinkPageClient.AttemptOf(Assert.Single(await browser.App.AttemptsAsync(link)).ReffNo));
        await window.SeesAsync(Paid);
        await window.FollowAsync("Continue to shop.example.com");
        await window.SeesAsync("Thank you");
    }

    [BrowserTheory]
    [Trait("Category", "Long")]
    [InlineData("W")]
    [InlineData("محمد عبد الرحمن \u202Eבן علي ")]
    public async Task Should_fit_a_narrow_phone_whatever_the_texts_are(string text)
    {
        var wide = string.Concat(Enumerable.Repeat(text, 255))[..255];
        var link = await browser.App.AddLinkAsync(A.PaymentLink().WithDetails(details => details with
        {
            Title = wide,
            Description = wide,
            TotalAmount = 999_999_999_999,
            Items = [new PaymentLinkItem(wide, new(1, "1", false), new(999_999_999_999, "999999999999", false))],
        }));
        var customer = $$"""{"name":"{{wide}}","email":"siti@example.com","phone":"081234567890"}""";
        await using var window = await browser.OpenAsync(isPhone: true);

        foreach (var query in (string[])["?", "?step=method", "?step=details&method=NICEPAY_CARD", "?step=details&method=VA_BRI"])
            await FitsAsync(query);

        foreach (var (method, outcome) in new[] { ("QRIS", "succeeded"), ("QRIS", "pending"), ("VA_BRI", "pending"), ("QRIS", "failed") })
            await FitsAsync(LinkPageClient.AttemptOf((await browser.App.Client.AttemptAsync(link, outcome, method, customer: customer))["reff_no"]!));

        async Task FitsAsync(string query)
        {
            foreach (var (language, width) in new[] { ("en", 360), ("id", 320) })
            {
                await window.Page.SetViewportSizeAsync(width, 640);
                await window.OpenAsync(link, $"{query}&lang={language}");
                Assert.Equal(0, await window.OverflowAsync());
            }
        }
    }

    private static async Task OpenCardAsync(BrowserWindow window, PaymentLink link, string number)
    {
        await window.OpenAsync(link, "?step=details&method=NICEPAY_CARD");
        await window.FillCustomerAsync();
        await window.FillCardAsync(number);
    }
}
