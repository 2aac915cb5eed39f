using PaySg.Functions.Access.Accounts;
using PaySg.Functions.Gateway;
using PaySg.Functions.PaymentLinks;
using PaySg.Functions.Platform.Ids;
using PaySg.Functions.Platform.Json;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>The states of the payer's page of a payment link, and how a browser gets there.</summary>
public static class LinkPageStates
{
    // Each state is reached more than once, and no two attempts have the same id.
    private static int seeded;

    private static readonly DateTimeOffset Ended = new(2026, 1, 31, 23, 59, 0, TimeSpan.FromHours(7));

    /// <summary>Every page of a link that a payer can see.</summary>
    public static IReadOnlyList<PageState> All { get; } =
    [
        new("link-summary", (browser, window) => OpenAsync(browser, window, Link())),
        new("link-methods", (browser, window) => OpenAsync(browser, window, Link(), "?step=method")),
        new("link-methods-refused", async (browser, window) =>
        {
            await OpenAsync(browser, window, Link(), "?step=details&method=nothing");
            window.Forgive();
        })
        {
            IsOnSheetsOnly = true,
        },
        new("link-customer", (browser, window) => OpenAsync(browser, window, Link(), "?step=details&method=VA_BRI")),
        Before("link-qris-before", "QRIS"),
        Before("link-e-wallet-before", "EWALLET_GOPAY"),
        Before("link-store-before", "ALFAMART"),
        new("link-customer-wrong", async (browser, window) =>
        {
            await OpenAsync(browser, window, Link(), "?step=details&method=NICEPAY_CARD");
            await window.Page.GetByLabel("Email address").FillAsync("siti");
            await window.FillCardAsync("4242 4242 4242 4241");
            await window.ClickAsync("Pay Rp 165.000");
            await window.Page.GetByRole(Microsoft.Playwright.AriaRole.Alert).WaitForAsync();
            window.Forgive();
        }),
        new("link-open-too-long", async (browser, window) =>
        {
            await OpenAsync(browser, window, Link(), "?step=details&method=VA_BRI");
            await window.FillCustomerAsync();
            var old = IdGenerator.FormPrefix + SortableUuid.LowestAt(TimeProvider.System.GetUtcNow() - TimeSpan.FromDays(1));
            await window.Page.EvaluateAsync("key => document.querySelector('[name=form]').value = key", old);
            await window.ClickAsync("Show the account number");
            await window.Page.GetByRole(Microsoft.Playwright.AriaRole.Alert).WaitForAsync();
            window.Forgive();
        })
        {
            IsOnSheetsOnly = true,
        },
        new("link-qris", (browser, window) => BeginAsync(browser, window, "QRIS", "Show the QR code", "Scan to pay Rp 165.000")),
        new("link-account-number", (browser, window) => BeginAsync(browser, window, "VA_BRI", "Show the account number", "Transfer Rp 165.000")),
        new("link-store", (browser, window) => BeginAsync(browser, window, "ALFAMART", "Show the payment code", "Pay Rp 165.000 at Alfamart")),
        new("link-e-wallet", (browser, window) => BeginAsync(browser, window, "EWALLET_GOPAY", "Continue to my e-wallet", "Confirm in GoPay")),
        new("link-waiting-for-bank", async (browser, window) =>
        {
            await PayByCardAsync(browser, window, "4000000000003220");
            await window.SeesAsync("Waiting for your bank");
        })
        {
            IsOnSheetsOnly = true,
        },
        new("link-checking", async (browser, window) =>
        {
            var calls = 0;
            browser.Gateway.Mood = () => calls++ == 0 ? GatewayMood.Answers : GatewayMood.FailsAfter;
            await PayByCardAsync(browser, window, PageClient.GoodCard);
            await window.SeesAsync("Checking your payment");
            browser.Gateway.Mood = static () => GatewayMood.Answers;
        }),
        new("link-failed", async (browser, window) =>
        {
            await PayByCardAsync(browser, window, "4000000000009995");
            await window.SeesAsync("Payment not made");
        }),
        new("link-receipt", async (browser, window) =>
        {
            var link = await browser.App.AddLinkAsync(Link().With(terms => terms with { RedirectUrl = "https://shop.example.com/thank-you" }));
            var paid = await browser.App.Client.AttemptAsync(link, customer: """{"name":"Siti Café","email":"siti@example.com","phone":"081234567890"}""");
            await window.OpenAsync(link, LinkPageClient.AttemptOf(paid["reff_no"]!));
        }),
        new("link-receipt-of-an-older-release", (browser, window) => OpenAttemptAsync(browser, window, A.LinkAttempt().To(null).Paid())) { IsOnSheetsOnly = true },
        new("link-time-over", (browser, window) => OpenAttemptAsync(browser, window, A.LinkAttempt().In(ChargeAttemptStatus.Begun))),
        new("link-refunding", (browser, window) => OpenAttemptAsync(browser, window, A.LinkAttempt().In(ChargeAttemptStatus.Refunding))),
        new("link-refunded", (browser, window) => OpenAttemptAsync(browser, window, A.LinkAttempt().Failed(ChargeAttempt.RefundedLate))),
        new("link-closed", (browser, window) => OpenAsync(browser, window, Link().In(PaymentLinkStatus.Closed))),
        new("link-expired", (browser, window) =>
            OpenAsync(browser, window, Link().Expiring(Ended).With(terms => terms with { RedirectUrl = "https://shop.example.com/thank-you" }))),
        new("link-ended", (browser, window) => OpenAsync(browser, window, Link().In(PaymentLinkStatus.Expired))) { IsOnSheetsOnly = true },
        PageState.AtStripe("link-no-methods", (browser, window) => OpenAsync(browser, window, Link())),
        new("link-used-up", (browser, window) => OpenAsync(browser, window, Link().MaxUsage(1).Paid(1))),
        new("link-inactive", async (browser, window) =>
        {
            using var other = await browser.App.OtherMerchantAsync(AccountStatus.Inactive);
            var link = await browser.App.AddLinkAsync(Link(), other.Account);
            await window.OpenAsync(link);
        }),
        new("link-masthead", async (browser, window) =>
        {
            var app = (await browser.AgencyAsync()).App;
            await window.Page.GotoAsync(new Uri(app.BaseAddress, LinkPageClient.PathOf(await app.AddLinkAsync(Link()))).AbsoluteUri);
        })
        {
            OnEachPage = PageState.OpenMastheadAsync,
        },
    ];

    /// <summary>A link that fills all places of the page.</summary>
    public static PaymentLinkFixture Link() => A.PaymentLink()
        .WithDetails(details => details with
        {
            Title = "Kelas membatik, Sabtu pagi",
            Description = "Untuk dua orang, dengan bahan dan kopi.",
            TotalAmount = 165_000,
            Items = [Item("Kelas membatik", 2, 75_000), Item("Bahan", 1, 25_000), Item("Potongan harga", 1, -10_000)],
        })
        .Expiring(new DateTimeOffset(2039, 12, 31, 23, 59, 0, TimeSpan.FromHours(7)))
        .With(terms => terms with { RequiredCustomerDetail = true });

    private static PaymentLinkItem Item(string name, long quantity, long price) =>
        new(name, new WrittenNumber(quantity, $"{quantity}", false), new WrittenNumber(price, $"{price}", false));

    /// <summary>A method before it begins, on a link that does not ask who pays.</summary>
    private static PageState Before(string name, string method) => new(name, (browser, window) =>
        OpenAsync(browser, window, Link().With(static terms => terms with { RequiredCustomerDetail = false }), $"?step=details&method={method}"))
    {
        IsOnSheetsOnly = true,
    };

    private static async Task OpenAsync(Browser browser, BrowserWindow window, PaymentLinkFixture link, string query = "") =>
        await window.OpenAsync(await browser.App.AddLinkAsync(link), query);

    private static async Task BeginAsync(Browser browser, BrowserWindow window, string method, string button, string heading)
    {
        await OpenAsync(browser, window, Link(), $"?step=details&method={method}");
        await window.FillCustomerAsync();
        await window.ClickAsync(button);
        await window.SeesAsync(heading);
    }

    private static async Task PayByCardAsync(Browser browser, BrowserWindow window, string number)
    {
        await OpenAsync(browser, window, Link(), "?step=details&method=NICEPAY_CARD");
        await window.FillCustomerAsync();
        await window.FillCardAsync(number);
        await window.ClickAsync("Pay Rp 165.000");
    }

    private static async Task OpenAttemptAsync(Browser browser, BrowserWindow window, LinkAttemptFixture fixture)
    {
        var link = await browser.App.AddLinkAsync(Link());
        var attempt = fixture.On(link).Number(Interlocked.Increment(ref seeded)).Build();
        await StoredLinks.AddAttemptsAsync(browser.App.Connection, [attempt]);
        await window.OpenAsync(link, LinkPageClient.AttemptOf(attempt.ReffNo));
    }
}
