using System.Text.Json.Nodes;
using PaySg.Functions.Gateway;
using PaySg.Functions.Languages;
using PaySg.Functions.Payments;
using PaySg.Functions.Platform.Ids;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>A state of the payer's page, and how a browser gets there.</summary>
public sealed record PageState(string Name, Func<Browser, BrowserWindow, Task> ReachAsync)
{
    private const string GatewayPage = "https://checkout.example.com/c/1";

    /// <summary>Every page that a payer can see, of payments and of payment links, but for those of <see cref="MistakeStates"/> and <see cref="ErrorPageStates"/>.</summary>
    public static readonly IReadOnlyList<PageState> All =
    [
        new("summary", async (browser, window) => await window.OpenAsync(await browser.CreatedPaymentAsync(Payment()))),
        new("summary-not-itemised", async (browser, window) => await window.OpenAsync(await browser.CreatedPaymentAsync(Payment().Of(7000)))) { IsOnSheetsOnly = true },
        new("methods", async (browser, window) => await window.OpenAsync(await browser.CreatedPaymentAsync(Payment()), "?step=method")),
        new("card", async (browser, window) => await window.OpenAsync(await browser.CreatedPaymentAsync(Payment()), "?step=details&method=card")),
        new("card-wrong", async (browser, window) =>
        {
            await window.OpenAsync(await browser.CreatedPaymentAsync(Payment()), "?step=details&method=card");
            await window.FillCardAsync("4242 4242 4242 4241");
            await window.Page.GetByLabel("Expiry date").FillAsync("12/20");
            await window.ClickAsync("Pay S$65.40");
            await window.Page.GetByRole(Microsoft.Playwright.AriaRole.Alert).WaitForAsync();
            window.Forgive();
        }),
        new("methods-refused", async (browser, window) =>
        {
            await window.OpenAsync(await browser.CreatedPaymentAsync(Payment()), "?step=details&method=nothing");
            window.Forgive();
        })
        {
            IsOnSheetsOnly = true,
        },
        new("home", (_, window) => window.Page.GotoAsync("/")) { IsOnSheetsOnly = true },
        AtStripe("amount-not-taken", async (browser, window) => await window.OpenAsync(await browser.CreatedPaymentAsync(Payment().Of(10)), "?step=method")),
        AtStripe("card-elsewhere", async (browser, window) => await window.OpenAsync(await browser.CreatedPaymentAsync(Payment()), "?step=details&method=card")),
        AtStripe("card-onward", ShowOnwardAsync),
        new("paynow", async (browser, window) => await window.OpenAsync(await browser.CreatedPaymentAsync(Payment()), "?step=details&method=paynow")),
        new("paynow-code", ShowQrCodeAsync),
        new("paynow-offline", ShowQrCodeAsync)
        {
            OnEachPage = static window => window.Page.EvaluateAsync("dispatchEvent(new Event('offline'))"),
            IsOnSheetsOnly = true,
        },
        new("paynow-expired", (browser, window) => WaitAsync(browser, window, MethodKinds.PayNow, NextStep.QrCode("expired"), TimeSpan.FromHours(2))) { IsOnSheetsOnly = true },
        new("card-page", (browser, window) => WaitAsync(browser, window, MethodKinds.Card, NextStep.Redirect(GatewayPage), TimeSpan.Zero)) { IsOnSheetsOnly = true },
        new("card-page-over", (browser, window) => WaitAsync(browser, window, MethodKinds.Card, NextStep.Redirect(GatewayPage), TimeSpan.FromHours(2)))
        {
            IsOnSheetsOnly = true,
        },
        new("waiting-for-bank", async (browser, window) =>
        {
            await PayByCardAsync(browser, window, Payment(), "4000000000003220");
            await window.SeesAsync("Waiting for your bank");
        }),
        new("checking", async (browser, window) =>
        {
            var calls = 0;
            browser.Gateway.Mood = () => calls++ == 0 ? GatewayMood.Answers : GatewayMood.FailsAfter;
            await PayByCardAsync(browser, window, Payment(), PageClient.GoodCard);
            await window.SeesAsync("Checking your payment");
            browser.Gateway.Mood = static () => GatewayMood.Answers;
        }),
        new("failed", async (browser, window) =>
        {
            await PayByCardAsync(browser, window, Payment(), "4000000000009995");
            await window.SeesAsync("Payment not made");
        }),
        new("receipt", async (browser, window) =>
        {
            await PayByCardAsync(browser, window, Payment(), PageClient.GoodCard);
            await window.SeesAsync("S$65.40 paid");
        }),
        new("receipt-refunded", async (browser, window) =>
        {
            var id = await browser.CreatedPaymentAsync(Payment().ReturningTo("https://eservice.example.gov.sg/done"));
            await browser.App.Client.PayAsync(id);
            await browser.ChangeAsync(id, "refund", """{"refund_amount_in_cents":540}""");
            await browser.ChangeAsync(id, "refund", """{"refund_amount_in_cents":1000}""");
            await window.OpenAsync(id);
        }),
        new("receipt-refunding", async (browser, window) =>
        {
            var id = await browser.CreatedPaymentAsync(Payment());
            await browser.App.Client.PayAsync(id);
            browser.Gateway.Refunds = RefundScript.ThrowBeforeTaking;
            await browser.TryAsync(id, "refund", """{"refund_amount_in_cents":1000}""");
            browser.Gateway.Refunds = RefundScript.Take;
            await window.OpenAsync(id);
        }),
        new("receipt-refunding-again", async (browser, window) =>
        {
            var id = await browser.CreatedPaymentAsync(Payment().Of(7000));
            await browser.App.Client.PayAsync(id);
            await browser.ChangeAsync(id, "refund", """{"refund_amount_in_cents":540}""");
            browser.Gateway.Refunds = RefundScript.ThrowBeforeTaking;
            await browser.TryAsync(id, "refund", """{"refund_amount_in_cents":1000}""");
            browser.Gateway.Refunds = RefundScript.Take;
            await window.OpenAsync(id);
        })
        {
            IsOnSheetsOnly = true,
        },
        new("receipt-refunded-in-full", async (browser, window) =>
        {
            var id = await browser.CreatedPaymentAsync(Payment());
            await browser.App.Client.PayAsync(id);
            await browser.ChangeAsync(id, "refund", """{"refund_amount_in_cents":6540}""");
            await window.OpenAsync(id);
        }),
        new("receipt-without-gst", async (browser, window) =>
        {
            var id = await browser.CreatedPaymentAsync(Payment().Of(6000));
            await browser.App.Client.PayAsync(id);
            await StoredPayments.ChangeAsync(
                browser.App, id, static payment => payment with { Supplier = payment.Supplier! with { GstRegistrationNumber = null, GstRateBasisPoints = null } }, browser.ServiceId);
            await browser.ChangeAsync(id, "refund", """{"refund_amount_in_cents":1000}""");
            await window.OpenAsync(id);
        })
        {
            IsOnSheetsOnly = true,
        },
        new("receipt-of-an-older-release", (browser, window) => ShowPaidAsync(browser, window, static payment => payment with { Supplier = null, PaidCard = null })) { IsOnSheetsOnly = true },
        new("receipt-disputed", (browser, window) => ShowPaidAsync(browser, window, static payment => Disputed(payment, DisputeStatus.Open))) { IsOnSheetsOnly = true },
        new("receipt-returned", (browser, window) => ShowPaidAsync(browser, window, static payment => Disputed(payment, DisputeStatus.Lost))) { IsOnSheetsOnly = true },
        new("tax-invoice", async (browser, window) =>
        {
            var id = await browser.CreatedPaymentAsync(Payment().With("payer_address", "2 Example Avenue, #03-04, Singapore 000001"));
            await window.OpenAsync(id, "?step=details&method=card");
            await window.FillCardAsync();
            await window.ClickAsync("Pay S$65.40");
            await window.SeesAsync("S$65.40 paid");
            await browser.ChangeAsync(id, "refund", """{"refund_amount_in_cents":1090}""");
            await window.OpenAsync(id);
        }),
        new("cancelled", async (browser, window) =>
        {
            var id = await browser.CreatedPaymentAsync(Payment());
            await browser.ChangeAsync(id, "cancel");
            await window.OpenAsync(id);
        }),
        new("too-many-attempts", async (browser, window) =>
        {
            var id = await browser.CreatedPaymentAsync(Payment());
            for (var i = 0; i < 20; i++)
                await browser.App.Client.PayAsync(id, "declined");
            await window.OpenAsync(id);
            await window.SeesAsync("Too many attempts");
        }),
        new("out-of-date", async (browser, window) =>
        {
            var id = await browser.CreatedPaymentAsync(Payment());
            await browser.App.Client.PayAsync(id, "pending");
            await window.OpenAsync(id);
            await browser.App.Client.PayAsync(id, "pending");
            await window.ClickAsync("Simulate a confirmation");
            await window.SeesAsync("This step is out of date");
            window.Forgive();
        }),
        new("not-found", async (_, window) =>
        {
            await window.OpenAsync("nothing-here");
            window.Forgive();
        }),
        new("unavailable", async (browser, window) =>
        {
            var id = await browser.CreatedPaymentAsync(Payment());
            browser.App.HttpTraffic.IsCutOff = true;
            await window.OpenAsync(id);
            browser.App.HttpTraffic.IsCutOff = false;
            window.Forgive();
        })
        {
            Switch = static (browser, isOn) => browser.App.HttpTraffic.IsCutOff = isOn,
        },
        new("agency-summary", async (browser, window) => await window.Page.GotoAsync((await (await browser.AgencyAsync()).CreatedPageAsync()).AbsoluteUri)),
        new("agency-masthead", async (browser, window) => await window.Page.GotoAsync((await (await browser.AgencyAsync()).CreatedPageAsync()).AbsoluteUri + "?step=method"))
        {
            OnEachPage = OpenMastheadAsync,
        },
        new("agency-receipt", async (browser, window) => await window.Page.GotoAsync((await (await browser.AgencyAsync()).CreatedPageAsync(isPaid: true)).AbsoluteUri)),
        .. LinkPageStates.All,
    ];

    /// <summary>What is done on the page when it is there, in each language.</summary>
    public Func<BrowserWindow, Task> OnEachPage { get; init; } = static _ => Task.CompletedTask;

    /// <summary>Switches on, and off again, what is unusual around the product while the page is loaded once more.</summary>
    public Action<Browser, bool> Switch { get; init; } = static (_, _) => { };

    /// <summary>Whether it has no picture of its own, because it looks like others, and stands on the sheets of the languages only.</summary>
    public bool IsOnSheetsOnly { get; init; }

    /// <summary>The languages that the page is in.</summary>
    internal IReadOnlyList<Language> Languages => Name.StartsWith("link-", StringComparison.Ordinal) ? Language.OfLinks : Language.OfPayments;

    /// <summary>A payment that fills all places of the page.</summary>
    public static PaymentRequest Payment() => A.Payment().Of(6540)
        .With("reference_id", "HLO-2026-004217")
        .With("description", "Pleasure craft licence, 12 months")
        .With("due_date", "31-DEC-2026")
        .With("line_items", new JsonArray(
            new JsonObject { ["description"] = "Licence", ["amount_in_cents"] = 5450 },
            new JsonObject { ["description"] = "Plate", ["amount_in_cents"] = 1090, ["quantity"] = 2 }));

    /// <summary>Goes there, in English.</summary>
    public async Task ShowAsync(Browser browser, BrowserWindow window)
    {
        await ReachAsync(browser, window);
        await OnEachPage(window);
    }

    /// <summary>Shows it, once it was reached, in another language.</summary>
    internal async Task ShowInAsync(Browser browser, BrowserWindow window, Language language)
    {
        // The page that says that storage is gone, for one, would be another one now.
        Switch(browser, true);
        await window.ReloadInAsync(language);
        Switch(browser, false);
        await OnEachPage(window);
    }

    internal static Task OpenMastheadAsync(BrowserWindow window) => window.Page.Locator(".masthead summary").ClickAsync();

    public override string ToString() => Name;

    /// <summary>A page that only a gateway such as Stripe leads to.</summary>
    internal static PageState AtStripe(string name, Func<Browser, BrowserWindow, Task> reachAsync) => new(name, async (browser, window) =>
    {
        browser.Gateway.OffersAsStripe = true;
        await reachAsync(browser, window);
        browser.Gateway.OffersAsStripe = false;
    })
    {
        Switch = static (browser, isOn) => browser.Gateway.OffersAsStripe = isOn,
        IsOnSheetsOnly = true,
    };

    /// <summary>Shows the page that leads on to the gateway's, in a browser that does not get there.</summary>
    private static async Task ShowOnwardAsync(Browser browser, BrowserWindow window)
    {
        await window.Page.RouteAsync($"{GatewayPage}**", static route => route.AbortAsync("aborted"));
        await WaitAsync(browser, window, MethodKinds.Card, NextStep.Redirect(GatewayPage), TimeSpan.Zero, "?step=onward");
    }

    private static async Task ShowQrCodeAsync(Browser browser, BrowserWindow window)
    {
        await window.OpenAsync(await browser.CreatedPaymentAsync(Payment()), "?step=details&method=paynow");
        await window.ClickAsync("Show the QR code");
        await window.SeesAsync("Scan to pay");
    }

    /// <summary>Shows a payment with an attempt under way that was begun a while ago.</summary>
    private static async Task WaitAsync(Browser browser, BrowserWindow window, string method, NextStep step, TimeSpan ago, string query = "?step=waiting")
    {
        var id = await browser.CreatedPaymentAsync(Payment());
        var attempt = IdGenerator.AttemptPrefix + SortableUuid.LowestAt(TimeProvider.System.GetUtcNow() - ago);
        await StoredPayments.ChangeAsync(
            browser.App, id, payment => payment with { LiveAttempt = new LiveAttempt(attempt, method, IsPending: true) { NextStep = step } }, browser.ServiceId);
        await window.OpenAsync(id, query);
    }

    private static async Task ShowPaidAsync(Browser browser, BrowserWindow window, Func<Payment, Payment> change)
    {
        var id = await browser.CreatedPaymentAsync(Payment());
        await browser.App.Client.PayAsync(id);
        await StoredPayments.ChangeAsync(browser.App, id, change, browser.ServiceId);
        await window.OpenAsync(id);
    }

    private static Payment Disputed(Payment payment, DisputeStatus status) =>
        payment.Dispute(new ChargeDispute("dp_1", payment.Details.AmountInCents, "fraudulent", status, payment.UpdatedAt), payment.UpdatedAt);

    private static async Task PayByCardAsync(Browser browser, BrowserWindow window, PaymentRequest payment, string number)
    {
        await window.OpenAsync(await browser.CreatedPaymentAsync(payment), "?step=details&method=card");
        await window.FillCardAsync(number);
        await window.ClickAsync("Pay S$65.40");
    }
}
