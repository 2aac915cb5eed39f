using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using PaySg.Functions.Access;
using PaySg.Functions.PaymentLinks;
using PaySg.Functions.PaymentLinks.Attempts;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>Every page of the dashboard, and how a browser that is signed in gets there.</summary>
internal static class OfficerPages
{
    public static readonly IReadOnlyList<(string Name, Func<Browser, BrowserWindow, Task> ReachAsync)> All =
    [
        ("dashboard-services", (_, window) => window.Page.GotoAsync("/dashboard")),
        ("dashboard-list", async (browser, window) =>
        {
            await SeedAsync(browser);
            await window.Page.GotoAsync(OfficerClient.ListPath);
        }),
        ("dashboard-search", (_, window) => window.Page.GotoAsync($"{OfficerClient.ListPath}?payment_status=paid&payer=Tan")),
        ("dashboard-search-wrong", (_, window) => window.Page.GotoAsync($"{OfficerClient.ListPath}?created_from=31-FEB-2026&amount=1,130.5")),
        ("dashboard-unpaid", async (browser, window) => await window.Page.GotoAsync(OfficerClient.PathOf(await CreatedAsync(browser, "HLO-2026-004219")))),
        ("dashboard-paid", async (browser, window) =>
        {
            var id = await PaidAsync(browser, "HLO-2026-004217");
            (await browser.App.Client.RefundAsync(id, 1090)).Expect(HttpStatusCode.OK);
            await window.Page.GotoAsync(OfficerClient.PathOf(id));
        }),
        ("dashboard-refund", async (browser, window) => await window.Page.GotoAsync(OfficerClient.PathOf(await PaidAsync(browser, "HLO-2026-004217")) + "?step=refund")),
        ("dashboard-refund-wrong", async (browser, window) => await window.Page.GotoAsync(OfficerClient.PathOf(await PaidAsync(browser, "HLO-2026-004217")) + "?step=confirm&amount=1.234")),
        ("dashboard-refund-confirm", async (browser, window) => await window.Page.GotoAsync(OfficerClient.PathOf(await PaidAsync(browser, "HLO-2026-004217")) + "?step=confirm&amount=10.90")),
        ("dashboard-cancel", async (browser, window) => await window.Page.GotoAsync(OfficerClient.PathOf(await CreatedAsync(browser, "HLO-2026-004219")) + "?step=cancel")),
        ("dashboard-new", (_, window) => window.Page.GotoAsync(NewPayment)),
        ("dashboard-new-wrong", async (_, window) =>
        {
            await window.Page.GotoAsync(NewPayment);
            await FillAsync(window, amount: "1,130.5");
            await window.ClickAsync("Create the payment");
            await window.Page.GetByRole(AriaRole.Alert).WaitForAsync();
        }),
        ("dashboard-new-items", async (_, window) =>
        {
            await window.Page.GotoAsync(NewPayment);
            await FillAsync(window, amount: "11.30");
            await FillRowsAsync(window);
            await window.ClickAsync("More items");
            await window.Page.GetByLabel("Item 6", new PageGetByLabelOptions { Exact = true }).WaitForAsync();
        }),
        ("dashboard-new-items-wrong", async (_, window) =>
        {
            await window.Page.GotoAsync(NewPayment);
            await FillAsync(window, amount: "11.30");
            await FillRowsAsync(window);
            await TypeAsync(window, "S$ 2", "1,130.5");
            await TypeAsync(window, "Name 1", "");
            await window.ClickAsync("Create the payment");
            await window.Page.GetByRole(AriaRole.Alert).WaitForAsync();
        }),
        ("dashboard-batches", async (_, window) =>
        {
            await UploadAsync(window, Right);
            await window.Page.GotoAsync(OfficerClient.BatchesPath);
        }),
        ("dashboard-batch-unreadable", (_, window) => UploadAsync(window, "reference_id;amount\n1;2\n")),
        ("dashboard-batch-wrong", (_, window) => UploadAsync(window, Wrong)),
        ("dashboard-batch-ready", (_, window) => UploadAsync(window, Right)),
        ("dashboard-batch-done", async (_, window) =>
        {
            await UploadAsync(window, Right);
            await window.ClickAsync("Create 3 payments");
            await window.Page.GetByText("Send all unsent links").WaitForAsync();
        }),
        ("dashboard-reports", async (browser, window) =>
        {
            await SeedAsync(browser);
            await window.Page.GotoAsync($"/dashboard/{ApiClient.ServiceId}/reports");
        }),
        ("dashboard-reports-wrong", (_, window) => window.Page.GotoAsync($"/dashboard/{ApiClient.ServiceId}/reports?from=31-FEB-2026&to=2026-03-01")),
        ("dashboard-members", async (browser, window) =>
        {
            await InviteAsync(browser, "nurul@agency.example.sg", "\"view\"");
            await window.Page.GotoAsync(Members);
        }),
        ("dashboard-members-wrong", async (_, window) =>
        {
            await window.Page.GotoAsync(Members);
            await window.Page.GetByLabel("Email address").FillAsync("aisyah@agency.example.sg");
            await window.ClickAsync("Invite");
            await window.Page.GetByRole(AriaRole.Alert).WaitForAsync();
        }),
        ("dashboard-member-change", async (browser, window) => await window.Page.GotoAsync($"{Members}?change={await InviteAsync(browser, "nurul@agency.example.sg", "\"view\"")}")),
        ("dashboard-member-remove", async (browser, window) => await window.Page.GotoAsync($"{Members}?remove={await InviteAsync(browser, "nurul@agency.example.sg", "\"view\"")}")),
        ("dashboard-settings", async (browser, window) =>
        {
            await window.Page.GotoAsync($"/dashboard/{await ChangedServiceAsync(browser)}/settings");
            await window.Page.GetByLabel("Phone number for help").FillAsync("+65 6000 0001");
            await window.ClickAsync("Save");
            await window.Page.GetByText("The settings are saved.").WaitForAsync();
        }),
        ("dashboard-settings-wrong", async (browser, window) =>
        {
            await window.Page.GotoAsync($"/dashboard/{await ChangedServiceAsync(browser)}/settings");
            await window.Page.GetByLabel("GST rate in percent").FillAsync("nine");
            await window.Page.GetByLabel("GST registration number").FillAsync("M9-0312");
            await window.ClickAsync("Save");
            await window.Page.GetByRole(AriaRole.Alert).WaitForAsync();
        }),
        ("dashboard-audit", async (browser, window) =>
        {
            var service = await ChangedServiceAsync(browser);
            await window.Page.GotoAsync($"/dashboard/{service}/new-payment");
            await FillAsync(window, amount: "11.30");
            await window.ClickAsync("Create the payment");
            await window.Page.GetByText("The payment is created.").WaitForAsync();
            await window.FollowAsync("Cancel the payment");
            await window.ClickAsync("Cancel the payment");
            await window.Page.GetByText("The payment is cancelled.").WaitForAsync();
            await window.Page.GotoAsync($"/dashboard/{service}/audit");
        }),
        ("dashboard-audit-wrong", (_, window) => window.Page.GotoAsync($"/dashboard/{ApiClient.ServiceId}/audit?from=31-FEB-2026")),
        ("dashboard-keys", async (browser, window) =>
        {
            await KeyAsync(browser);
            await window.Page.GotoAsync($"{Developers}/api-keys");
        }),
        ("dashboard-key-new-wrong", async (_, window) =>
        {
            await window.Page.GotoAsync($"{Developers}/api-keys?step=create");
            await window.Page.GetByLabel("Name").FillAsync("Halls booking, production");
            await window.ClickAsync("Issue the key");
            await window.Page.GetByRole(AriaRole.Alert).WaitForAsync();
        }),
        ("dashboard-key-issued", async (_, window) =>
        {
            await window.Page.GotoAsync($"{Developers}/api-keys?step=create");
            await window.Page.GetByLabel("Name").FillAsync("Halls booking, staging");
            await window.Page.Locator("input[name=permission_view]").CheckAsync();
            await window.ClickAsync("Issue the key");
            await window.SeesAsync("The key is issued");
        }),
        ("dashboard-key", async (browser, window) => await window.Page.GotoAsync($"{Developers}/api-keys/{await KeyAsync(browser)}")),
        ("dashboard-key-revoke", async (browser, window) => await window.Page.GotoAsync($"{Developers}/api-keys/{await KeyAsync(browser)}?step=revoke")),
        ("dashboard-webhooks", async (browser, window) =>
        {
            await EndpointAsync(browser);
            await window.Page.GotoAsync($"{Developers}/webhooks");
        }),
        ("dashboard-webhook-new-wrong", async (_, window) =>
        {
            await window.Page.GotoAsync($"{Developers}/webhooks?step=create");
            await window.Page.GetByLabel("URL").FillAsync("ftp://halls.example.gov.sg");
            await window.ClickAsync("Add the endpoint");
            await window.Page.GetByRole(AriaRole.Alert).WaitForAsync();
        }),
        ("dashboard-webhook", async (browser, window) => await window.Page.GotoAsync($"{Developers}/webhooks/{await EndpointAsync(browser)}")),
        ("dashboard-webhook-edit", async (browser, window) => await window.Page.GotoAsync($"{Developers}/webhooks/{await EndpointAsync(browser)}?step=edit")),
        ("dashboard-webhook-rotate", async (browser, window) => await window.Page.GotoAsync($"{Developers}/webhooks/{await EndpointAsync(browser)}?step=rotate")),
        ("dashboard-webhook-delete", async (browser, window) => await window.Page.GotoAsync($"{Developers}/webhooks/{await EndpointAsync(browser)}?step=delete")),
        ("dashboard-recover-wrong", async (browser, window) =>
        {
            await window.Page.GotoAsync($"{Developers}/webhooks/{await EndpointAsync(browser)}?step=recover");
            await window.Page.GetByLabel("From").FillAsync("2026-01-15T09:30");
            await window.Page.GetByLabel("Until").FillAsync("2026-01-14T09:30");
            await window.ClickAsync("Begin");
            await window.Page.GetByRole(AriaRole.Alert).WaitForAsync();
        }),
        ("dashboard-recovery", async (browser, window) =>
        {
            await window.Page.GotoAsync($"{Developers}/webhooks/{await EndpointAsync(browser)}?step=recover");
            await window.Page.GetByLabel("From").FillAsync("2026-01-15T09:30");
            await window.ClickAsync("Begin");
            await window.SeesAsync("Sending again what was missed");
            await window.Page.GetByText("Done").WaitForAsync();
        }),
        ("dashboard-delivery", async (browser, window) =>
        {
            await window.Page.GotoAsync($"{Developers}/webhooks/{await EndpointAsync(browser)}");
            await window.ClickAsync("Send a test event");
            await window.SeesAsync("Delivery of webhook.test");
        }),
        ("dashboard-events", (_, window) => window.Page.GotoAsync($"{Developers}/events")),
        ("dashboard-event", async (browser, window) =>
        {
            await EndpointAsync(browser);
            await window.Page.GotoAsync($"{Developers}/events");
            await window.Page.Locator("main tbody a").First.ClickAsync();
            await window.Page.GetByText("What is sent").WaitForAsync();
        }),
        ("dashboard-links", async (browser, window) =>
        {
            await LinkAsync(browser, PaymentLinkStatus.Open, paid: 2);
            await LinkAsync(browser, PaymentLinkStatus.Closed, paid: 0);
            await window.Page.GotoAsync($"{Account}/links");
        }),
        ("dashboard-link", async (browser, window) => await window.Page.GotoAsync(await LinkAsync(browser, PaymentLinkStatus.Open, paid: 2))),
        ("dashboard-link-edit", async (browser, window) => await window.Page.GotoAsync(await LinkAsync(browser, PaymentLinkStatus.Open, paid: 2) + "?step=edit")),
        ("dashboard-link-close", async (browser, window) => await window.Page.GotoAsync(await LinkAsync(browser, PaymentLinkStatus.Open, paid: 2) + "?step=close")),
        ("dashboard-new-link", (_, window) => window.Page.GotoAsync($"{Account}/new-link")),
        ("dashboard-new-link-wrong", async (_, window) =>
        {
            await window.Page.GotoAsync($"{Account}/new-link");
            await window.Page.GetByLabel("Reference").FillAsync("HALL-A");
            await window.Page.GetByLabel("Title").FillAsync("Sewa aula A");
            await window.Page.GetByLabel("Amount in rupiah").FillAsync("150.000");
            await window.ClickAsync("Create the link");
            await window.Page.GetByRole(AriaRole.Alert).WaitForAsync();
        }),
        ("dashboard-histories", async (browser, window) =>
        {
            await LinkAsync(browser, PaymentLinkStatus.Open, paid: 2);
            await window.Page.GotoAsync($"{Account}/histories?status=paid");
        }),
        ("dashboard-histories-wrong", (_, window) => window.Page.GotoAsync($"{Account}/histories?created_at_from=31-FEB-2026")),
        ("dashboard-history", async (browser, window) =>
        {
            await window.Page.GotoAsync(await LinkAsync(browser, PaymentLinkStatus.Open, paid: 1));
            await window.Page.Locator("table.list a").First.ClickAsync();
            await window.Page.Locator("h1").WaitForAsync();
        }),
        ("dashboard-account-reports", (_, window) => window.Page.GotoAsync($"{Account}/reports")),
        ("dashboard-account-reports-wrong", (_, window) => window.Page.GotoAsync($"{Account}/reports/histories.csv?from=31-FEB-2026&to=2026-03-01")),
        ("dashboard-account-audit", (_, window) => window.Page.GotoAsync($"{Account}/audit")),
        ("dashboard-account-members", (_, window) => window.Page.GotoAsync($"{Account}/members")),
        ("dashboard-account-settings", (_, window) => window.Page.GotoAsync($"{Account}/settings")),
        ("dashboard-account-credential", async (_, window) =>
        {
            await window.Page.GotoAsync($"{Account}/settings");
            await window.Page.GetByLabel("What it is for").FillAsync("Cash desk");
            await window.ClickAsync("Issue a credential");
            await window.SeesAsync("A new credential");
        }),
        ("dashboard-not-found", (_, window) => window.Page.GotoAsync(OfficerClient.PathOf("nothing"))),
    ];

    private const string Account = "/dashboard/accounts/" + SingapayClient.AccountId;
    private const string Right = "reference_id,payer_name,payer_email,description,amount,Ward\nHLO-2026-005001,Tan Ah Kow,tan@example.com,Hall A,11.30,B 12\nHLO-2026-005002,Siti binte Ahmad,siti@example.com,Hall A,22.60,B 14\nHLO-2026-005003,R. Kumar,kumar@example.com,Hall B,11.30,\n";
    private const string Wrong = "reference_id,payer_name,payer_email,description,amount,due_date\nHLO-2026-005001,Tan Ah Kow,tan@example.com,Hall A,\"1,130.5\",31-DEC-2026\nHLO-2026-005002,,siti@example.com,Hall A,22.60,31-FEB-2026\nHLO-2026-005003,R. Kumar,kumar@example.com,Hall B,S$11.30,\nHLO-2026-005004,R. Kumar,kumar@example.com\n";

    private static string Members => $"/dashboard/{ApiClient.ServiceId}/members";
    // A browser's tests share a product, and so its endpoint and key.
    private static Task<string>? endpoint;
    private static Task<string>? key;

    private static string Developers => $"/dashboard/{ApiClient.ServiceId}/developers";

    private static string NewPayment => $"/dashboard/{ApiClient.ServiceId}/new-payment";

    /// <summary>A payment service of its own, whose operator has set it up and then changed it.</summary>
    private static async Task<string> ChangedServiceAsync(Browser browser)
    {
        var management = new ManagementClient(browser.App.BaseAddress);
        var service = await management.CreatedServiceAsync("Licences");
        var path = $"{ManagementClient.ServicesPath}/{service}";
        (await management.PatchAsync(
            path,
            """
            {"agency_name":"Harbour Licensing Office","agency_address":"1 Example Quay\nSingapore 000000","support_email":"help@harbour.example.gov.sg",
             "support_phone":"+65 6000 0000","gst_rate_percent":9,"gst_registration_number":"M90312345X","email_greeting":"Dear payer,"}
            """)).Expect(HttpStatusCode.OK);
        await management.IssuedKeyAsync(service);
        (await management.PostAsync($"{path}/members", """{"email":"aisyah@agency.example.sg","permissions":["view","billing","refund","administrator"]}""")).Expect(HttpStatusCode.OK);
        (await management.PatchAsync(path, """{"email_greeting":"Dear resident,"}""")).Expect(HttpStatusCode.OK);
        return service;
    }

    /// <summary>Types a payment into the form.</summary>
    public static async Task FillAsync(BrowserWindow window, string amount)
    {
        await window.Page.GetByLabel("Reference").FillAsync("HLO-2026-005000");
        await window.Page.GetByLabel("Payer’s name").FillAsync("Tan Ah Kow");
        await window.Page.GetByLabel("Payer’s email").FillAsync("tan@example.com");
        await window.Page.GetByLabel("Description").FillAsync("Hall A, two hours");
        await window.Page.GetByLabel("Amount in S$").FillAsync(amount);
    }

    /// <summary>Types into the rows of the same form what is paid for, S$11.30 in all, and an entry of metadata.</summary>
    public static async Task FillRowsAsync(BrowserWindow window)
    {
        await window.Page.GetByText("What is paid for, line by line").ClickAsync();
        await TypeAsync(window, "Item 1", "Hall A, an hour");
        await TypeAsync(window, "Quantity 1", "2");
        await TypeAsync(window, "S$ 1", "10.40");
        await TypeAsync(window, "Item 2", "GST");
        await TypeAsync(window, "S$ 2", "0.90");
        await window.Page.Locator("summary", new PageLocatorOptions { HasText = "Metadata" }).ClickAsync();
        await TypeAsync(window, "Name 1", "Ward");
        await TypeAsync(window, "Value 1", "B 12");
    }

    private static Task TypeAsync(BrowserWindow window, string label, string text) => window.Page.GetByLabel(label, new PageGetByLabelOptions { Exact = true }).FillAsync(text);

    /// <summary>Chooses a file on the page of batches, and sends it.</summary>
    public static async Task UploadAsync(BrowserWindow window, string csv)
    {
        await window.Page.GotoAsync(OfficerClient.BatchesPath);
        await window.Page.GetByLabel("File (CSV)").SetInputFilesAsync(new FilePayload { Name = "hall-fees.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(csv) });
        await window.ClickAsync("Check the file");
        await window.Page.Locator("h1").WaitForAsync();
    }

    /// <summary>A window of somebody who is signed in.</summary>
    public static async Task<BrowserWindow> OpenAsync(Browser browser, string person, bool isPhone)
    {
        var window = await browser.OpenAsync(isPhone: isPhone);
        await window.Page.GotoAsync($"/.auth/login/aad?person={person}");
        return window;
    }

    /// <summary>A paid payment of the demo's payment service; its id.</summary>
    public static async Task<string> PaidAsync(Browser browser, string reference)
    {
        var id = await CreatedAsync(browser, reference);
        (await browser.App.Client.PayAsync(id)).Expect(HttpStatusCode.OK);
        return id;
    }

    /// <summary>A link of the demo account, paid so often; the path of its page.</summary>
    private static async Task<string> LinkAsync(Browser browser, PaymentLinkStatus status, int paid)
    {
        var link = await browser.App.AddLinkAsync(A.PaymentLink().MaxUsage(10).In(status).WithDetails(details => details with { Title = "Sewa aula A", TotalAmount = 150_000, Items = null }).Paid(paid));
        var start = new DateTimeOffset(2026, 3, 1, 9, 0, 0, TimeSpan.FromHours(7)).AddMilliseconds(link.Id % 1_000_000);
        var payer = new LinkCustomer("Siti binte Ahmad", "siti@example.com", "+62 812 3456 7890");
        if (paid > 0)
            await StoredLinks.AddAttemptsAsync(browser.App.Connection, Enumerable.Range(0, paid).Select(number => A.LinkAttempt().On(link).From(payer).At(start.AddMinutes(number)).Paid().Build()));

        return FormattableString.Invariant($"{Account}/links/{link.Id}");
    }

    private static Task<string> CreatedAsync(Browser browser, string reference) =>
        browser.App.Client.CreatedPaymentAsync(PageState.Payment().With("reference_id", reference).With("payer_name", "Tan Ah Kow").With("payer_email", "tan.ah.kow@example.com"));

    /// <summary>Somebody who was invited to the demo's payment service; their id.</summary>
    private static async Task<string> InviteAsync(Browser browser, string email, string permissions)
    {
        var management = new ManagementClient(browser.App.BaseAddress);
        var answer = await management.PostAsync($"{ManagementClient.ServicesPath}/{ApiClient.ServiceId}/members", $$"""{"email":"{{email}}","permissions":[{{permissions}}]}""");
        return answer.Expect(HttpStatusCode.OK)["id"]!;
    }

    private static async Task SeedAsync(Browser browser)
    {
        await CreatedAsync(browser, "HLO-2026-004215");
        (await browser.App.Client.CancelAsync(await CreatedAsync(browser, "HLO-2026-004216"))).Expect(HttpStatusCode.OK);
        (await browser.App.Client.RefundAsync(await PaidAsync(browser, "HLO-2026-004217"), 1090)).Expect(HttpStatusCode.OK);
        await PaidAsync(browser, "HLO-2026-004218");
    }

    /// <summary>A key of which calls were refused; its id.</summary>
    private static Task<string> KeyAsync(Browser browser) => key ??= NewKeyAsync(browser);

    private static async Task<string> NewKeyAsync(Browser browser)
    {
        var issued = (await new ManagementClient(browser.App.BaseAddress).PostAsync(ManagementClient.KeysPath(), """{"label":"Halls booking, production","permissions":["view","billing"]}""")).Expect(HttpStatusCode.Created);
        var secret = issued["key"];
        await browser.App.Client.PostAsync(ApiClient.PaymentsPath, A.Payment().With("payer_name", null).ToString(), secret);
        await browser.App.Client.GetAsync($"{ApiClient.PaymentsPath}/unknown", secret);
        await browser.App.Client.PostAsync($"{ApiClient.PaymentsPath}/{await PaidAsync(browser, "HLO-2026-004217")}/refunds", "{}", secret);
        await browser.App.Client.GetAsync(ApiClient.EndpointsPath, secret);
        await browser.App.Services.GetRequiredService<KeyActivities>().WriteAsync();
        return issued["id"]!;
    }

    /// <summary>An endpoint that took an event and refused another; its id.</summary>
    private static Task<string> EndpointAsync(Browser browser) => endpoint ??= NewEndpointAsync(browser);

    private static async Task<string> NewEndpointAsync(Browser browser)
    {
        var receiver = await WebhookReceiver.StartAsync();
        receiver.Responds = static (webhook, context) =>
        {
            context.Response.StatusCode = webhook.Type == "payment.created" ? 503 : 204;
            return Task.CompletedTask;
        };
        var (id, _) = await browser.App.Client.RegisteredEndpointAsync(A.WebhookEndpoint(receiver.Url).With("description", "Halls booking").For("payment.created", "payment.succeeded"));
        await PaidAsync(browser, "HLO-2026-004217");
        await receiver.WaitForAsync(2);
        return id;
    }
}
