using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PaySg.Functions.Platform.Outbox;
using PaySg.Functions.Tests.LocalHost;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>The whole product with Stripe as its gateway: that of the tests, over HTTP, which sends its notices.</summary>
internal sealed class StripeApp : IAsyncDisposable
{
    private StripeApp(PaySgApp product, StripeServer stripe, ShiftedClock clock)
    {
        Product = product;
        Stripe = stripe;
        Clock = clock;
        Pages = new PageClient(product.BaseAddress);
    }

    public PaySgApp Product { get; }

    public StripeServer Stripe { get; }

    /// <summary>The clock of both.</summary>
    public ShiftedClock Clock { get; }

    public PageClient Pages { get; }

    public ApiClient Client => Product.Client;

    public Uri NoticeUrl => new(Product.BaseAddress, "/gateway/stripe/events");

    /// <param name="sendsNotices">Whether notices are sent at once; false: they wait for the test.</param>
    /// <param name="settings">Further settings.</param>
    public static async Task<StripeApp> StartAsync(bool sendsNotices = true, IReadOnlyDictionary<string, string>? settings = null)
    {
        var clock = new ShiftedClock();
        var app = await StartAsync(await StripeServer.StartAsync(clock), clock, connection: null, settings);
        if (sendsNotices)
            app.Stripe.Events.DeliverTo = app.NoticeUrl;
        return app;
    }

    /// <summary>The product with a Stripe that runs already, and that ends with it.</summary>
    /// <param name="clock">The clock of that Stripe.</param>
    /// <param name="connection">The storage account; null: an empty one.</param>
    public static async Task<StripeApp> StartAsync(StripeServer stripe, ShiftedClock clock, string? connection, IReadOnlyDictionary<string, string>? settings = null)
    {
        var product = await PaySgApp.StartAsync(
            connection,
            settings: SettingsOf(stripe).Concat(settings ?? new Dictionary<string, string>()).ToDictionary(),
            services: (_, services) => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock)));
        return new StripeApp(product, stripe, clock);
    }

    /// <summary>The settings by which the product charges by this Stripe.</summary>
    public static Dictionary<string, string> SettingsOf(StripeServer stripe) => new()
    {
        ["PaySg__Stripe__SecretKey"] = StripeServer.TestKey,
        ["PaySg__Stripe__WebhookSecret"] = stripe.Events.Secret,
        ["PaySg__Stripe__ApiBase"] = stripe.Address.GetLeftPart(UriPartial.Authority),
    };

    /// <summary>A payer chooses a card. The id of the session that they are led to.</summary>
    public async Task<string> BeginCardAsync(string paymentId)
    {
        var page = await Pages.FollowAsync(paymentId, Form("card"));
        return SessionOn(page);
    }

    /// <summary>The session that a page leads to.</summary>
    public static string SessionOn(string page) =>
        System.Text.RegularExpressions.Regex.Match(page, "cs_[A-Za-z0-9_]+", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)).Value;

    /// <summary>A payer chooses PayNow. The id of the intent.</summary>
    public async Task<string> BeginPayNowAsync(string paymentId)
    {
        await Pages.FollowAsync(paymentId, Form("paynow"));
        return (await Client.GetPaymentAsync(paymentId)).Expect(HttpStatusCode.OK)["stripe_payment_intent_id"]!;
    }

    public static IDictionary<string, string> Form(string method) => new Dictionary<string, string>(StringComparer.Ordinal) { ["action"] = "pay", ["method"] = method };

    /// <summary>A payment that is paid by card.</summary>
    public async Task<string> PaidByCardAsync(PaymentRequest? payment = null)
    {
        var id = await Client.CreatedPaymentAsync(payment);
        Assert.True(Stripe.PayCard(await BeginCardAsync(id)));
        await BecomesAsync(id, "payment_status", "paid");
        return id;
    }

    /// <summary>A payment that is paid by PayNow.</summary>
    public async Task<string> PaidByPayNowAsync()
    {
        var id = await Client.CreatedPaymentAsync();
        Assert.True(Stripe.SettlePayNow(await BeginPayNowAsync(id), succeeds: true));
        await BecomesAsync(id, "payment_status", "paid");
        return id;
    }

    /// <summary>Waits until a member of the payment has a value.</summary>
    public Task BecomesAsync(string paymentId, string member, string? value) =>
        Eventually.TrueAsync(async () => (await Client.GetPaymentAsync(paymentId))[member] == value);

    /// <summary>The refunds of a payment, newest first: status and reason.</summary>
    public async Task<IReadOnlyList<(string Status, string? Reason)>> RefundsAsync(string paymentId) =>
    [
        .. (await Client.GetAsync($"{ApiClient.PaymentsPath}/{paymentId}/refunds")).Expect(HttpStatusCode.OK).Json.GetProperty("data").EnumerateArray()
            .Select(refund => (refund.GetProperty("status").GetString()!, refund.GetProperty("failure_reason").GetString())),
    ];

    /// <summary>The types of the payment's events, oldest first.</summary>
    public async Task<IReadOnlyList<string>> EventsAsync(string paymentId) =>
    [
        .. (await StoredRows.OfAsync(Product.Connection, "paysgpayments", "e:")).Select(Functions.Events.EventRows.Read)
            .Select(stored => (stored.Type, Body: JsonSerializer.Deserialize<JsonElement>(stored.Body.Span)))
            .Where(stored => stored.Body.GetProperty("data").GetProperty("object").TryGetProperty("id", out var id) && id.GetString() == paymentId)
            .OrderBy(stored => stored.Body.GetProperty("sequence").GetInt32())
            .Select(stored => stored.Type),
    ];

    /// <summary>Does the work of every outbox row but the delivery of events, as the sweeper would have it done.</summary>
    public async Task SweepAsync()
    {
        var workers = Product.Services.GetServices<IOutboxWork>().ToDictionary(work => work.Kind);
        foreach (var found in await StoredRows.OfAsync(Product.Connection, "paysgpayments", "o:"))
        {
            var row = OutboxRow.Parse(found.PartitionKey, found.RowKey)!;
            if (row.Kind != OutboxKind.Event)
                await workers[row.Kind].RunAsync(row);
        }
    }

    /// <summary>The kinds of work that wait, without the delivery of events.</summary>
    public async Task<IReadOnlyList<string>> WaitingAsync() =>
    [
        .. (await StoredRows.OfAsync(Product.Connection, "paysgpayments", "o:")).Select(row => OutboxRow.Parse(row.PartitionKey, row.RowKey)!.Kind)
            .Where(kind => kind != OutboxKind.Event),
    ];

    public async ValueTask DisposeAsync()
    {
        Pages.Dispose();
        await Stripe.Events.IdleAsync();
        await Product.DisposeAsync();
        await Stripe.DisposeAsync();
    }
}
