using Microsoft.Playwright;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>One Chromium and one product for the browser tests of payers, which run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class Browser : ICollectionFixture<Browser>, IAsyncLifetime
{
    public const string Name = "browser";

    // Nothing of Chromium's own goes out to the network.
    private static readonly string[] Flags =
    [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ];

    private readonly Lazy<Task<AgencyApp>> agency = new(AgencyApp.StartAsync);

    private IPlaywright? playwright;
    private IBrowser? chromium;

    public PaySgApp App { get; private set; } = null!;

    public ScriptedGateway Gateway { get; } = new();

    /// <summary>A payment service that says all of itself that pages show, and a key of it.</summary>
    public string ServiceId { get; private set; } = "";

    public string ApiKey { get; private set; } = "";

    public async Task InitializeAsync()
    {
        if (Chromium.Path is null)
            return;
        App = await PaySgApp.StartAsync(services: Gateway.Register);
        playwright = await Playwright.CreateAsync();
        chromium = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Chromium.Path, Args = Flags });

        var management = new ManagementClient(App.BaseAddress);
        ServiceId = await management.CreatedServiceAsync("Licences");
        ApiKey = (await management.IssuedKeyAsync(ServiceId, "\"view\",\"billing\",\"refund\"")).Secret;
        (await management.PatchAsync(
            $"{ManagementClient.ServicesPath}/{ServiceId}",
            """
            {"agency_name":"Harbour Licensing Office","agency_address":"1 Example Quay, Singapore 000000","support_email":"help@harbour.example.gov.sg",
             "support_phone":"+65 6000 0000","gst_rate_percent":9,"gst_registration_number":"M90312345X"}
            """)).Expect(System.Net.HttpStatusCode.OK);
    }

    public async Task DisposeAsync()
    {
        if (chromium is not null)
            await chromium.DisposeAsync();
        playwright?.Dispose();
        if (agency.IsValueCreated)
            await (await agency.Value).DisposeAsync();
        if (App is not null)
            await App.DisposeAsync();
    }

    /// <summary>A product beside <see cref="App"/> whose pages have all that an agency can switch on. It starts when it is first asked for.</summary>
    public Task<AgencyApp> AgencyAsync() => agency.Value;

    /// <summary>A window of its own, which fails the test for each error that the browser reports.</summary>
    public async Task<BrowserWindow> OpenAsync(bool script = true, bool isPhone = false, ColorScheme colors = ColorScheme.Light) =>
        await BrowserWindow.OpenAsync(await chromium!.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = App.BaseAddress.ToString(),
            JavaScriptEnabled = script,
            ColorScheme = colors,
            ViewportSize = isPhone ? new ViewportSize { Width = 360, Height = 740 } : new ViewportSize { Width = 1000, Height = 800 },
            ReducedMotion = ReducedMotion.Reduce,
            TimezoneId = "Asia/Singapore",
        }));

    /// <summary>Creates a payment of the payment service; its id.</summary>
    public async Task<string> CreatedPaymentAsync(PaymentRequest? payment = null) =>
        (await App.Client.PostAsync($"/v1/payment-services/{ServiceId}/payments", (payment ?? A.Payment()).ToString(), ApiKey)).Expect(System.Net.HttpStatusCode.Created)["id"]!;

    /// <summary>Does something to a payment, such as <c>cancel</c>.</summary>
    public async Task ChangeAsync(string id, string what, string body = "") =>
        (await App.Client.PostAsync($"/v1/payment-services/{ServiceId}/payments/{id}/{what}", body, ApiKey)).Expect(System.Net.HttpStatusCode.OK);

    /// <summary>Does the same, whatever comes of it.</summary>
    public Task TryAsync(string id, string what, string body) => App.Client.PostAsync($"/v1/payment-services/{ServiceId}/payments/{id}/{what}", body, ApiKey);

    /// <summary>The status of a payment.</summary>
    public async Task<string?> StatusAsync(string id) =>
        (await App.Client.GetAsync($"/v1/payment-services/{ServiceId}/payments/{id}", ApiKey)).Expect(System.Net.HttpStatusCode.OK)["payment_status"];

    /// <summary>How often a payment was charged at the gateway.</summary>
    public async Task<int> ChargesAsync(string id) =>
        (await StoredRows.OfAsync(App.Connection, "paysgsandbox", "charge")).Count(row => row.PartitionKey == id);
}
