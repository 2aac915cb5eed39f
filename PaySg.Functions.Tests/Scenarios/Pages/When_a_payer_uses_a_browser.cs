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
        await window.FollowAsync("This is not a valid card number");
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
    public async Task Should_type_the_expiry_date_key_by_key_in_any_form()
    {
        (string Typed, string Shown)[] forms =
        [
            ("12/30", "12/30"), ("12 / 30", "12/30"), ("1230", "12/30"), ("12-30", "12/30"), ("12 - 30", "12/30"), ("12.30", "12/30"), ("1/30", "01/30"), ("1 / 30", "01/30"),
            ("9-30", "09/30"), ("0930", "09/30"), ("12/2030", "12/2030"), ("2030-12", "12/30"), ("１２／３０", "12/30"), ("12,30", "12/30"), ("01 / 2030", "01/2030"),
            ("13/30", "13/30"),
        ];
        await using var window = await browser.OpenAsync();
        await window.OpenAsync(await browser.CreatedPaymentAsync(), "?step=details&method=card");
        var expiry = window.Page.GetByLabel("Expiry date");

        foreach (var (typed, shown) in forms)
        {
            await expiry.ClearAsync();
            await expiry.PressSequentiallyAsync(typed);
            Assert.Equal((typed, shown), (typed, await expiry.InputValueAsync()));
        }
    }

    [BrowserFact]
    public async Task Should_correct_the_expiry_date_by_the_keyboard()
    {
        await using var window = await browser.OpenAsync();
        await window.OpenAsync(await browser.CreatedPaymentAsync(), "?step=details&method=card");
        var expiry = window.Page.GetByLabel("Expiry date");

        await expiry.PressSequentiallyAsync("12/31");
        await expiry.PressAsync("Backspace");
        await expiry.PressSequentiallyAsync("0");
        Assert.Equal("12/30", await expiry.InputValueAsync());

        foreach (var _ in "/30")
            await expiry.PressAsync("Backspace");
        Assert.Equal("12", await expiry.InputValueAsync());
        await expiry.PressSequentiallyAsync("39");
        Assert.Equal("12/39", await expiry.InputValueAsync());

        // In the middle the caret stays where it is.
        await expiry.PressAsync("Home");
        await expiry.PressAsync("Delete");
        await expiry.PressSequentiallyAsync("0");
        Assert.Equal("02/39", await expiry.InputValueAsync());
    }

    [BrowserFact]
    public async Task Should_group_the_digits_of_a_card_while_typing_and_name_its_brand()
    {
        (string Typed, string Shown, string Brand)[] numbers =
        [
            ("4242424242424242", "4242 4242 4242 4242", "Visa"),
            ("4242 4242 4242 4242", "4242 4242 4242 4242", "Visa"),
            ("4242-4242-4242-4242", "4242 4242 4242 4242", "Visa"),
            ("5555555555554444", "5555 5555 5555 4444", "Mastercard"),
            ("378282246310005", "3782 822463 10005", "American Express"),
            ("3530111333300000", "3530 1113 3330 0000", "JCB"),
            ("４２４２４２４２４２４２４２４２", "4242 4242 4242 4242", "Visa"),
            ("99", "99", ""),
        ];
        await using var window = await browser.OpenAsync();
        await window.OpenAsync(await browser.CreatedPaymentAsync(), "?step=details&method=card");
        var number = window.Page.GetByLabel("Card number");

        foreach (var (typed, shown, brand) in numbers)
        {
            await number.ClearAsync();
            await number.PressSequentiallyAsync(typed);
            Assert.Equal((typed, shown, brand), (typed, await number.InputValueAsync(), await window.Page.Locator("#card_brand").TextContentAsync()));
        }
    }

    [BrowserTheory]
    [InlineData(true, "2030-12", "4242 4242 4242 4242")]
    [InlineData(true, "12/2030", "4242-4242-4242-4242")]
    [InlineData(true, "1230", "4242424242424242")]
    [InlineData(false, "12 / 2030", "4242 - 4242 - 4242 - 4242")]
    [InlineData(false, "12 / 30", "4242424242424242")]
    [InlineData(false, "1230", "4242-4242-4242-4242")]
    [InlineData(false, "2030-12", "4242 4242 4242 4242")]
    [InlineData(false, "１２／３０", "４２４２４２４２４２４２４２４２")]
    public async Task Should_pay_with_what_the_browser_fills_in_and_what_is_typed_without_script(bool script, string expiry, string number)
    {
        var id = await browser.CreatedPaymentAsync();
        await using var window = await browser.OpenAsync(script);
        await window.OpenAsync(id, "?step=details&method=card");

        foreach (var (field, value) in new[] { ("cc-number", number), ("cc-exp", expiry), ("cc-csc", "123"), ("cc-name", "Tan Ah Kow") })
        {
            var input = window.Page.Locator($"[autocomplete={field}]");
            if (!script)
            {
                await input.PressSequentiallyAsync(value);
                continue;
            }

            // As autofill does: the whole value at once, in a field that has no focus, with the events that follow.
            await input.EvaluateAsync(
                "(input, value) => { input.value = value; for (const type of ['input', 'change']) input.dispatchEvent(new Event(type, { bubbles: true })); }", value);
        }

        await window.ClickAsync("Pay S$11.30");
        await window.SeesAsync("S$11.30 paid");
        Assert.Equal(1, await browser.ChargesAsync(id));
    }

    [BrowserTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Should_see_the_brand_after_an_error_and_never_the_number(bool script)
    {
        await using var window = await browser.OpenAsync(script);
        await window.OpenAsync(await browser.CreatedPaymentAsync(), "?step=details&method=card");
        await window.FillCardAsync();
        await window.Page.GetByLabel("Security code").FillAsync("1");

        await window.ClickAsync("Pay S$11.30");
        await window.Page.GetByRole(AriaRole.Alert).WaitForAsync();
        window.Forgive();

        Assert.Equal("Visa", await window.Page.Locator("#card_brand").TextContentAsync());
        Assert.Equal("", await window.Page.GetByLabel("Card number").InputValueAsync());
    }

    [BrowserTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Should_see_fields_side_by_side_at_one_height_with_errors_and_without(bool isWrong)
    {
        await using var window = await browser.OpenAsync();
        await window.OpenAsync(await browser.CreatedPaymentAsync(), "?step=details&method=card");
        if (isWrong)
        {
            await window.FillCardAsync();
            await window.Page.GetByLabel("Expiry date").FillAsync("12/20");
            await window.ClickAsync("Pay S$11.30");
            await window.Page.GetByRole(AriaRole.Alert).WaitForAsync();
            window.Forgive();
        }

        var differences = await window.Page.EvaluateAsync<int[]>("""
            ['label[for=$]', '#$'].map(each => ['card_expiry', 'card_code'].map(name => document.querySelector(each.replace('$', name)).getBoundingClientRect().top))
              .map(([one, other]) => Math.round(one - other))
            """);
        Assert.Equal([0, 0], differences);
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

    [BrowserTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Should_change_the_language_in_the_middle_of_a_form(bool script)
    {
        var id = await browser.CreatedPaymentAsync();
        await using var window = await browser.OpenAsync(script, isPhone: true);
        await window.OpenAsync(id, "?step=details&method=card");
        await window.FillCardAsync();

        await window.ClickAsync("中文");
        await window.SeesAsync("输入银行卡资料");
        Assert.Equal(["", "12/39", "", "Tan Ah Kow"], await TypedAsync());
        Assert.Equal(0, await window.Page.Locator(".error, .errors").CountAsync());

        await window.Page.Locator("#card_number").FillAsync("4242 4242 4242 4241");
        await window.Page.Locator("#card_code").FillAsync("123");
        await window.Page.Locator("#card_code").PressAsync("Enter");
        await window.Page.GetByRole(AriaRole.Alert).WaitForAsync();
        await window.ClickAsync("English");
        await window.SeesAsync("Enter your card details");
        Assert.Equal(["", "12/39", "", "Tan Ah Kow"], await TypedAsync());
        Assert.Contains("Enter the card number.", await window.Page.Locator(".errors").TextContentAsync(), StringComparison.Ordinal);
        window.Forgive();

        await window.FillCardAsync();
        await window.Page.Locator("#card_code").PressAsync("Enter");
        await window.SeesAsync("S$11.30 paid");
        Assert.Equal(1, await browser.ChargesAsync(id));
        Assert.All(window.Requests, request => Assert.False(PageClient.TellsCardNumber(Uri.UnescapeDataString(request.PathAndQuery)), request.PathAndQuery));

        async Task<IReadOnlyList<string>> TypedAsync() =>
            await Task.WhenAll(((string[])["number", "expiry", "code", "name"]).Select(field => window.Page.Locator($"#card_{field}").InputValueAsync()));
    }

    [BrowserTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Should_save_the_QR_code_for_the_app_on_the_same_phone(bool script)
    {
        var id = await browser.CreatedPaymentAsync();
        await using var window = await browser.OpenAsync(script, isPhone: true);
        await window.OpenAsync(id, "?step=details&method=paynow");
        await window.ClickAsync("Show the QR code");

        var saved = await window.Page.RunAndWaitForDownloadAsync(() => window.FollowAsync("Save the QR code"));

        Assert.Equal($"paynow-{id}.png", saved.SuggestedFilename);
        Assert.Equal(browser.App.BaseAddress.Authority, new Uri(saved.Url).Authority);
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], (await File.ReadAllBytesAsync(await saved.PathAsync()))[..4]);
        await window.SeesAsync("Scan to pay S$11.30");
        Assert.Equal(0, await window.OverflowAsync());
    }

    [BrowserFact]
    public async Task Should_see_and_hear_how_long_the_code_is_valid()
    {
        await using var window = await browser.OpenAsync();
        await window.Page.Clock.InstallAsync();
        await window.OpenAsync(await browser.CreatedPaymentAsync(), "?step=details&method=paynow");
        await window.ClickAsync("Show the QR code");
        await window.SeesAsync("Scan to pay S$11.30");
        var said = window.Page.Locator(".countdown [role=status]");

        await window.Page.Clock.RunForAsync(1000);
        Assert.Matches(@"^(1:00:00|59:\d\d)$", await window.Page.Locator(".countdown > :first-child").TextContentAsync());
        Assert.Equal("", await said.TextContentAsync());

        foreach (var (until, text) in new[] { (49, ""), (51, "10 minutes left"), (54, "10 minutes left"), (56, "5 minutes left"), (59.5, "1 minute left") })
        {
            await window.Page.Clock.SetSystemTimeAsync(TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(until));
            await window.Page.Clock.RunForAsync(2000);
            Assert.Equal(text, await said.TextContentAsync());
        }
    }

    [BrowserFact]
    public async Task Should_be_told_that_there_is_no_connection_and_go_on_when_there_is_one()
    {
        var id = await browser.CreatedPaymentAsync();
        await using var window = await browser.OpenAsync();
        await window.OpenAsync(id, "?step=details&method=paynow");
        await window.ClickAsync("Show the QR code");
        await window.SeesAsync("Scan to pay S$11.30");
        var attempt = await window.Page.Locator("input[name=attempt]").First.GetAttributeAsync("value");
        var notice = window.Page.GetByText("You are offline.");
        Assert.False(await notice.IsVisibleAsync());

        await window.Page.Context.SetOfflineAsync(true);
        await notice.WaitForAsync();
        (await browser.App.Client.SettleAsync(attempt!)).Expect(System.Net.HttpStatusCode.OK);
        await window.Page.Context.SetOfflineAsync(false);

        await window.SeesAsync("S$11.30 paid");
        window.Forgive();
    }

    [BrowserTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Should_learn_from_the_masthead_how_to_recognise_an_agency(bool script)
    {
        await using var window = await browser.OpenAsync(script, isPhone: true);
        await window.Page.GotoAsync((await (await browser.AgencyAsync()).CreatedPageAsync()).AbsoluteUri);

        var secure = window.Page.GetByText("Secure websites use HTTPS");
        Assert.True(await window.Page.GetByText("A Singapore Government Agency Website").IsVisibleAsync());
        Assert.False(await secure.IsVisibleAsync());
        await window.Page.GetByText("How to identify").ClickAsync();
        await secure.WaitForAsync();

        Assert.Equal(0, await window.OverflowAsync());

        // An installation elsewhere does not pretend to be an agency's.
        await window.OpenAsync(await browser.CreatedPaymentAsync());
        Assert.Equal(0, await window.Page.GetByText("A Singapore Government Agency Website").CountAsync());
    }

    [BrowserFact]
    public async Task Should_fit_a_narrow_phone_whatever_the_texts_are()
    {
        await using var window = await browser.OpenAsync(isPhone: true);
        foreach (var text in (string[])["W", "مكتب تراخيص الميناء ", "港"])
        {
            var wide = string.Concat(Enumerable.Repeat(text, 255))[..255];
            var short100 = wide[..100];
            var id = await browser.CreatedPaymentAsync(A.Payment().Of(20_000_000).With("description", wide).With("reference_id", short100).With("payer_name", short100)
                .With("line_items", new System.Text.Json.Nodes.JsonArray(new System.Text.Json.Nodes.JsonObject { ["description"] = short100, ["amount_in_cents"] = 20_000_000 })));
            foreach (var query in (string[])["", "?step=method", "?step=details&method=card", "?step=details&method=paynow"])
                await FitsAsync(id, query);

            await browser.App.Client.PayAsync(id);
            await FitsAsync(id, "");
        }

        async Task FitsAsync(string id, string query)
        {
            await window.OpenAsync(id, query);
            foreach (var width in (int[])[360, 320])
            {
                await window.Page.SetViewportSizeAsync(width, 740);
                Assert.Equal(0, await window.OverflowAsync());
            }
        }
    }
}
