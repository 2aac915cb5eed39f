using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Scenarios;

[Collection(Browser.Name)]
public sealed class When_a_payer_uses_a_browser(Browser browser)
{
    [BrowserFact]
    public async Task Should_print_a_receipt_in_black_on_white_without_buttons_on_one_page()
    {
        await using var window = await browser.OpenAsync(colors: ColorScheme.Dark);
        await PageState.All.Single(each => each.Name == "receipt").ReachAsync(browser, window);

        var pdf = await window.Page.PdfAsync(new PagePdfOptions { PreferCSSPageSize = true });
        Assert.Single(Regex.Matches(Encoding.Latin1.GetString(pdf), @"/Type /Page\b", RegexOptions.None, TimeSpan.FromSeconds(5)));

        await window.Page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Print });
        Assert.False(await window.Page.GetByText("Print or save as PDF").IsVisibleAsync());
        Assert.Equal("rgb(0, 0, 0) on rgb(255, 255, 255)", await window.Page.EvaluateAsync<string>(
            "(() => { const style = getComputedStyle(document.body); return `${style.color} on ${style.backgroundColor}`; })()"));
    }

    [BrowserTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Should_pay_by_card_with_and_without_script(bool script)
    {
        var id = await browser.CreatedPaymentAsync();
        await using var window = await browser.OpenAsync(script, isPhone: true);

        await window.OpenAsync(id);
        await window.FollowAsync("Proceed");
        await window.SeesAsync("Choose how to pay");
        await window.Page.GetByLabel("Credit or debit card").CheckAsync();
        await window.ClickAsync("Continue");
        await window.SeesAsync("Enter your card details");
        await window.FillCardAsync();
        await window.ClickAsync("Pay S$11.30");
        await window.SeesAsync("S$11.30 paid");

        Assert.Equal(("paid", 1), (await browser.StatusAsync(id), await browser.ChargesAsync(id)));
        Assert.Equal(script, await window.Page.GetByText("Print or save as PDF").IsVisibleAsync());
        Assert.All(window.Requests, request => Assert.Equal(browser.App.BaseAddress.Authority, request.Authority));
    }

    [BrowserTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Should_pay_by_PayNow_with_and_without_script(bool script)
    {
        var id = await browser.CreatedPaymentAsync();
        await using var window = await browser.OpenAsync(script);

        await window.OpenAsync(id, "?step=method");
        await window.Page.GetByLabel("PayNow").CheckAsync();
        await window.ClickAsync("Continue");
        await window.ClickAsync("Show the QR code");
        await window.SeesAsync("Scan to pay S$11.30");
        var code = await window.Page.GetByRole(AriaRole.Img, new PageGetByRoleOptions { Name = "PayNow QR code" }).BoundingBoxAsync();
        Assert.InRange(code!.Width, 200, 300);
        await window.ClickAsync("Check now");
        await window.SeesAsync("Scan to pay S$11.30");
        await window.ClickAsync("Simulate the scan");
        await window.SeesAsync("S$11.30 paid");

        Assert.Equal(("paid", 1), (await browser.StatusAsync(id), await browser.ChargesAsync(id)));
    }

    [BrowserFact]
    public async Task Should_see_the_receipt_as_soon_as_the_code_was_scanned_elsewhere()
    {
        var id = await browser.CreatedPaymentAsync();
        await using var window = await browser.OpenAsync();
        await window.OpenAsync(id, "?step=details&method=paynow");
        await window.ClickAsync("Show the QR code");
        await window.SeesAsync("Scan to pay S$11.30");

        var attempt = await window.Page.Locator("input[name=attempt]").First.GetAttributeAsync("value");
        (await browser.App.Client.SettleAsync(attempt!)).Expect(System.Net.HttpStatusCode.OK);

        await window.SeesAsync("S$11.30 paid");
    }

    [BrowserFact]
    public async Task Should_pay_with_another_card_after_one_was_declined()
    {
        var id = await browser.CreatedPaymentAsync();
        await using var window = await browser.OpenAsync();

        await window.OpenAsync(id, "?step=details&method=card");
        await window.FillCardAsync("4000000000000002");
        await window.ClickAsync("Pay S$11.30");
        await window.SeesAsync("Payment not made");
        await window.FollowAsync("Try again");
        Assert.Equal("", await window.Page.GetByLabel("Card number").InputValueAsync());
        await window.FillCardAsync();
        await window.ClickAsync("Pay S$11.30");
        await window.SeesAsync("S$11.30 paid");

        Assert.Equal(1, await browser.ChargesAsync(id));
    }

    [BrowserFact]
    public async Task Should_be_told_what_is_wrong_and_led_to_the_field()
    {
        await using var window = await browser.OpenAsync();
        await window.OpenAsync(await browser.CreatedPaymentAsync(), "?step=details&method=card");

        await window.FillCardAsync("4242 4242 4242 4241");
        await window.ClickAsync("Pay S$11.30");
        await window.Page.GetByRole(AriaRole.Alert).WaitForAsync();
        window.Forgive();

        Assert.Equal("errors", await window.Page.EvaluateAsync<string>("document.activeElement.className"));
        await window.FollowAsync("This is not a card number");
        Assert.Equal("card_number", await window.Page.EvaluateAsync<string>("document.activeElement.id"));
        Assert.Equal("Tan Ah Kow", await window.Page.GetByLabel("Name on card").InputValueAsync());
        Assert.Equal("", await window.Page.GetByLabel("Security code").InputValueAsync());
    }

    [BrowserFact]
    public async Task Should_not_pay_what_was_cancelled()
    {
        var id = await browser.CreatedPaymentAsync();
        await using var window = await browser.OpenAsync();
        await window.OpenAsync(id, "?step=details&method=card");
        await window.FillCardAsync();

        await browser.ChangeAsync(id, "cancel");
        await window.ClickAsync("Pay S$11.30");

        await window.SeesAsync("This payment was cancelled");
        Assert.Equal(0, await browser.ChargesAsync(id));
    }

    [BrowserTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Should_be_charged_once_for_two_clicks(bool script)
    {
        var id = await browser.CreatedPaymentAsync();
        await using var window = await browser.OpenAsync(script);
        await window.OpenAsync(id, "?step=details&method=card");
        await window.FillCardAsync();

        await window.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Pay S$11.30" }).DblClickAsync();

        await window.SeesAsync("S$11.30 paid");
        Assert.Equal(1, await browser.ChargesAsync(id));
    }

    [BrowserFact]
    public async Task Should_be_charged_once_in_two_tabs_and_by_the_back_button()
    {
        var id = await browser.CreatedPaymentAsync();
        await using var window = await browser.OpenAsync();
        var tab = await window.TabAsync();
        foreach (var each in new[] { window, tab })
        {
            await each.OpenAsync(id, "?step=details&method=card");
            await each.FillCardAsync();
        }

        await window.ClickAsync("Pay S$11.30");
        await window.SeesAsync("S$11.30 paid");
        await tab.ClickAsync("Pay S$11.30");
        await tab.SeesAsync("S$11.30 paid");
        await window.Page.GoBackAsync();

        // What the browser kept, or what is true: the form again, or the receipt. Sending the form charges nothing more.
        if (await window.Page.GetByLabel("Card number").IsVisibleAsync())
        {
            await window.FillCardAsync();
            await window.ClickAsync("Pay S$11.30");
        }

        await window.SeesAsync("S$11.30 paid");
        Assert.Equal(1, await browser.ChargesAsync(id));
    }

    [BrowserTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Should_come_back_to_the_e_service_after_paying(bool script)
    {
        const string home = "https://eservice.example.gov.sg/done?case=7";
        var id = await browser.CreatedPaymentAsync(A.Payment().ReturningTo(home));
        await using var window = await browser.OpenAsync(script);
        await window.Page.RouteAsync("https://eservice.example.gov.sg/**", route => route.FulfillAsync(new RouteFulfillOptions
        {
            ContentType = "text/html",
            Body = "<!DOCTYPE html><title>Home</title><link rel=icon href=data:,><h1>Welcome back</h1>",
        }));

        await window.OpenAsync(id, "?step=details&method=card");
        await window.FillCardAsync();
        await window.ClickAsync("Pay S$11.30");
        await window.SeesAsync("Welcome back");

        Assert.Equal($"{home}&paysg_payment_id={id}&paysg_payment_service_id={browser.ServiceId}", window.Page.Url);

        // Whoever opens the payment later sees the receipt and is not sent away.
        await window.OpenAsync(id);
        await window.SeesAsync("S$11.30 paid");
        await window.FollowAsync("Return to the e-service");
        await window.SeesAsync("Welcome back");
    }

    [BrowserFact]
    public async Task Should_group_the_digits_of_a_card_while_typing()
    {
        await using var window = await browser.OpenAsync();
        await window.OpenAsync(await browser.CreatedPaymentAsync(), "?step=details&method=card");

        await window.Page.GetByLabel("Card number").PressSequentiallyAsync("4242424242424242");
        await window.Page.GetByLabel("Expiry date").PressSequentiallyAsync("1239");

        Assert.Equal("4242 4242 4242 4242", await window.Page.GetByLabel("Card number").InputValueAsync());
        Assert.Equal("12/39", await window.Page.GetByLabel("Expiry date").InputValueAsync());
    }

    [BrowserFact]
    public async Task Should_pay_by_keyboard_alone()
    {
        var id = await browser.CreatedPaymentAsync();
        await using var window = await browser.OpenAsync();
        await window.OpenAsync(id, "?step=details&method=card");

        await window.Page.Keyboard.PressAsync("Tab");
        Assert.Equal("Skip to main content", await window.Page.EvaluateAsync<string>("document.activeElement.textContent"));
        await window.Page.Keyboard.PressAsync("Enter");
        foreach (var text in (string[])["4242424242424242", "12/39", "123", "Tan Ah Kow"])
        {
            await window.Page.Keyboard.PressAsync("Tab");
            Assert.NotEqual("none", await window.Page.EvaluateAsync<string>("getComputedStyle(document.activeElement).outlineStyle"));
            await window.Page.Keyboard.TypeAsync(text);
        }

        await window.Page.Keyboard.PressAsync("Enter");
        await window.SeesAsync("S$11.30 paid");
    }

    [BrowserFact]
    public async Task Should_fit_a_narrow_phone_whatever_the_texts_are()
    {
        var wide = new string('W', 200);
        var id = await browser.CreatedPaymentAsync(A.Payment().Of(20_000_000).With("description", wide).With("reference_id", wide).With("payer_name", wide)
            .With("line_items", new System.Text.Json.Nodes.JsonArray(new System.Text.Json.Nodes.JsonObject { ["description"] = wide, ["amount_in_cents"] = 20_000_000 })));
        await using var window = await browser.OpenAsync(isPhone: true);

        foreach (var query in (string[])["", "?step=method", "?step=details&method=card", "?step=details&method=paynow", "?step=failed&method=card"])
        {
            await window.OpenAsync(id, query);
            Assert.Equal(0, await window.OverflowAsync());
        }

        await browser.App.Client.PayAsync(id);
        await window.OpenAsync(id);
        Assert.Equal(0, await window.OverflowAsync());
    }
}
