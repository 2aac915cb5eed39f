using System.Globalization;
using System.Net;
using Azure.Core.Pipeline;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PaySg.Functions.PaymentLinks;
using PaySg.Functions.Platform.Outbox;
using PaySg.Functions.Tests.Fixtures;
using PaySg.Functions.Tests.LocalHost;

namespace PaySg.Functions.Tests.Docs;

/// <summary>Counts what each operation asks of storage, and compares the table in docs/contribute/storage.md. No sweeper asks between two counts.</summary>
public sealed class StorageDocTests
{
    [Fact]
    public async Task The_round_trips_of_calls_are_those_that_are_made()
    {
        await using var app = await PaySgApp.StartAsync(settings: PaySgApp.NoSweeper);
        await app.Client.RegisteredEndpointAsync(A.WebhookEndpoint(app.BaseAddress).For("payment.succeeded"));
        var id = await app.Client.CreatedPaymentAsync();

        await CountAsync(app, "create a payment", () => app.Client.CreatePaymentAsync(), HttpStatusCode.Created);
        await CountAsync(app, "create a payment with a key", () => app.Client.CreatePaymentAsync(idempotencyKey: "k"), HttpStatusCode.Created);
        await CountAsync(app, "replay of a keyed create", () => app.Client.CreatePaymentAsync(idempotencyKey: "k"), HttpStatusCode.Created);
        await CountAsync(app, "read a payment", () => app.Client.GetPaymentAsync(id), HttpStatusCode.OK);
        await CountAsync(app, "list payments", () => app.Client.GetAsync(ApiClient.PaymentsPath), HttpStatusCode.OK);
        await CountAsync(
            app, "search payments by reference, status or period", () => app.Client.GetAsync($"{ApiClient.PaymentsPath}?payment_status=unpaid&created_from=2026-01-15"), HttpStatusCode.OK);
        var mailed = await app.Client.CreatedPaymentAsync(A.Payment().With("payer_email", "payer@example.com"));
        await CountAsync(app, "ask for a link email", () => app.Client.SendEmailAsync(mailed), HttpStatusCode.OK);
        await CountAsync(app, "the payer pays", () => app.Client.PayAsync(id), HttpStatusCode.OK);
        await CountAsync(app, "read a receipt", () => app.Client.GetAsync($"{ApiClient.PaymentsPath}/{id}/receipt"), HttpStatusCode.OK);
        using var pages = new PageClient(app.BaseAddress);
        var shown = await app.Client.CreatedPaymentAsync();
        await CountAsync(app, "show the payer's page", () => pages.GetAsync(PageClient.PathOf(shown)), HttpStatusCode.OK);
        await CountAsync(app, "the payer pays on the page", () => pages.SubmitAsync(shown, PageClient.Card()), HttpStatusCode.SeeOther);
        await CountAsync(
            app,
            "register an endpoint",
            () => app.Client.PostAsync(ApiClient.EndpointsPath, A.WebhookEndpoint(app.BaseAddress).ToString()),
            HttpStatusCode.Created);
    }

    [Fact]
    public async Task The_round_trips_of_calls_about_attempts_on_links_are_those_that_are_made()
    {
        await using var app = await PaySgApp.StartAsync(settings: PaySgApp.NoSweeper);
        var link = await app.AddLinkAsync();
        var histories = $"/api/v1.0/payment-link-histories/{SingapayClient.AccountId}";
        await app.Singapay.GetAsync(histories);

        await CountAsync(app, "a payer pays on a link", () => app.Client.AttemptAsync(link), HttpStatusCode.OK);
        await CountAsync(app, "a payer pays on a link, with a key", () => app.Client.AttemptAsync(link, idempotencyKey: "k"), HttpStatusCode.OK);
        await CountAsync(app, "list histories", () => app.Singapay.GetAsync($"{histories}?per_page=1"), HttpStatusCode.OK);
        await CountAsync(app, "list histories, filtered or sorted", () => app.Singapay.GetAsync($"{histories}?status=paid&sort_order=asc"), HttpStatusCode.OK);
        var id = (await app.AttemptsAsync(link))[0].Id;
        await CountAsync(app, "read a history", () => app.Singapay.GetAsync(FormattableString.Invariant($"{histories}/{id}")), HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_round_trips_of_the_pages_of_links_are_those_that_are_made()
    {
        await using var app = await PaySgApp.StartAsync(settings: PaySgApp.NoSweeper);
        var link = await app.AddLinkAsync();
        using var pages = new LinkPageClient(app.BaseAddress);
        var form = await pages.FormAsync(link, "NICEPAY_CARD");
        await CountAsync(app, "show a link's page", () => pages.GetAsync(LinkPageClient.PathOf(link)), HttpStatusCode.OK);
        await CountAsync(app, "a payer pays on a link's page", () => pages.SubmitAsync(link, form), HttpStatusCode.SeeOther);
        var attempt = (await app.AttemptsAsync(link))[0].ReffNo;
        await CountAsync(app, "show an attempt's page", () => pages.GetAsync(LinkPageClient.PathOf(link) + LinkPageClient.AttemptOf(attempt)), HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_round_trips_of_calls_about_webhooks_are_those_that_are_made()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var app = await PaySgApp.StartAsync(settings: PaySgApp.NoSweeper);
        var (id, _) = await app.Client.RegisteredEndpointAsync(A.WebhookEndpoint(receiver.Url).For("payment.refunded"));
        var path = ApiClient.EndpointPath(id);
        var tested = (await app.Client.PostAsync(path + "/test", "")).Expect(HttpStatusCode.OK)["event_id"];

        await CountAsync(app, "read an endpoint", () => app.Client.GetAsync(path), HttpStatusCode.OK);
        await CountAsync(app, "list endpoints", () => app.Client.GetAsync(ApiClient.EndpointsPath), HttpStatusCode.OK);
        await CountAsync(app, "test an endpoint", () => app.Client.PostAsync(path + "/test", ""), HttpStatusCode.OK);
        await CountAsync(app, "list events", () => app.Client.GetAsync(ApiClient.EventsPath), HttpStatusCode.OK);
        await CountAsync(app, "read an event", () => app.Client.GetAsync($"{ApiClient.EventsPath}/{tested}"), HttpStatusCode.OK);
        await CountAsync(app, "list deliveries", () => app.Client.GetAsync(ApiClient.DeliveriesPath(id)), HttpStatusCode.OK);
        await CountAsync(app, "read a delivery", () => app.Client.GetAsync($"{ApiClient.DeliveriesPath(id)}/{tested}"), HttpStatusCode.OK);
        await CountAsync(app, "send a delivery again", () => app.Client.PostAsync($"{ApiClient.DeliveriesPath(id)}/{tested}/resend", ""), HttpStatusCode.Accepted);
        await CountAsync(app, "start a recovery", () => app.Client.PostAsync(path + "/recover", """{"since":0}"""), HttpStatusCode.Accepted);
        await CountAsync(app, "change an endpoint", () => app.Client.PatchAsync(path, "{}"), HttpStatusCode.OK);
        await CountAsync(app, "rotate a secret", () => app.Client.PostAsync(path + "/rotate-secret", ""), HttpStatusCode.OK);
        await CountAsync(app, "delete an endpoint", () => app.Client.DeleteAsync(path), HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task The_round_trips_of_calls_about_payment_links_are_those_that_are_made()
    {
        await using var app = await PaySgApp.StartAsync(settings: PaySgApp.NoSweeper);
        var client = app.Singapay;
        var link = await client.CreatedLinkAsync();

        await CountAsync(app, "create a payment link", () => client.CreateLinkAsync(), HttpStatusCode.OK);
        await CountAsync(app, "read a payment link", () => client.GetLinkAsync(link.Id()), HttpStatusCode.OK);
        await CountAsync(app, "update a payment link", () => client.UpdateLinkAsync(link.Id(), A.PaymentLinkUpdate()), HttpStatusCode.OK);
        await CountAsync(app, "list payment links, all on one page", () => client.GetAsync(client.LinksPath()), HttpStatusCode.OK);
        await CountAsync(app, "list payment links, more than a page", () => client.GetAsync(client.LinksPath() + "?per_page=1"), HttpStatusCode.OK);
        app.HttpTraffic.Forget();
        Assert.NotNull(await app.Services.GetRequiredService<PaymentLinkStore>().FindByReffNoAsync(link.ReffNo(), CancellationToken.None));
        Assert.Equal(Documented("find a payment link for the payer's page"), (app.HttpTraffic.TableRequests.Count, 0));
        await CountAsync(app, "delete a payment link", () => client.DeleteLinkAsync(link.Id()), HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_round_trips_of_the_audit_log_and_of_settings_are_those_that_are_made()
    {
        await using var app = await PaySgApp.StartAsync(settings: PaySgApp.NoSweeper);
        var management = new ManagementClient(app.BaseAddress);
        using var officer = await OfficerClient.SignedInAsync(app.BaseAddress, "administrator");
        var settings = $"/dashboard/{ApiClient.ServiceId}/settings";
        var form = SettingsForms.Of(await officer.OpenAsync(settings));
        var account = $"{ManagementClient.AccountPath()}/audit-log";
        (await management.GetAsync(account)).Expect(HttpStatusCode.OK);

        await CountAllAsync(app, "list the audit log of a payment service", () => officer.GetAsync($"/dashboard/{ApiClient.ServiceId}/audit"), HttpStatusCode.OK);
        await CountAllAsync(app, "list the audit log of an account", () => management.GetAsync(account), HttpStatusCode.OK);
        await CountAllAsync(app, "show the settings", () => officer.GetAsync(settings), HttpStatusCode.OK);
        await CountAllAsync(app, "save the settings", () => officer.PostAsync(settings, form), HttpStatusCode.SeeOther);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public async Task The_round_trips_of_background_work_are_those_that_are_made(int endpoints)
    {
        var fanOut = new StorageTraffic();
        var delivery = new StorageTraffic();
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var app = await PaySgApp.StartAsync(settings: PaySgApp.NoSweeper, services: (group, services) =>
        {
            if (group == "function:WorkOutbox")
                services.Replace(ServiceDescriptor.Singleton<HttpPipelineTransport>(fanOut));
            if (group == "function:DeliverWebhook")
                services.Replace(ServiceDescriptor.Singleton<HttpPipelineTransport>(delivery));
        });
        var ids = new List<string>();
        for (var i = 0; i < endpoints; i++)
            ids.Add((await app.Client.RegisteredEndpointAsync(A.WebhookEndpoint(receiver.Url))).Id);

        await app.Client.CreatedPaymentAsync();
        if (endpoints == 0)
        {
            // Nobody subscribes, so there was no nudge.
            var standing = Assert.Single(await StoredRows.OfAsync(app.Connection, "paysgpayments", OutboxRow.Prefix));
            await app.Services.GetRequiredService<OutboxNudge>().SendAsync(OutboxRow.Parse(standing.PartitionKey, standing.RowKey)!);
        }

        await receiver.WaitForAsync(endpoints);
        await Eventually.TrueAsync(() => fanOut.Requests.Any(request => request.Method == "DELETE"));

        Assert.Equal(Documented("fan an event out to n endpoints", endpoints), (fanOut.TableRequests.Count, fanOut.QueueRequests.Count));
        Assert.Empty(delivery.Requests);

        // The same nudge once more.
        var row = OutboxRow.Parse(ApiClient.ServiceId, Uri.UnescapeDataString(fanOut.Requests.Single(request => request.Method == "DELETE").Url.AbsolutePath).Split('\'')[3])!;
        fanOut.Forget();
        await app.Services.GetRequiredService<OutboxNudge>().SendAsync(row);
        await Eventually.TrueAsync(() => fanOut.Requests.Count >= Documented("a nudge that comes late").Tables);
        Assert.Equal(Documented("a nudge that comes late"), (fanOut.TableRequests.Count, fanOut.QueueRequests.Count));

        // A later attempt of each delivery.
        foreach (var endpoint in ids)
            (await app.Client.PostAsync($"{ApiClient.DeliveriesPath(endpoint)}/{row.Subject}/resend", "")).Expect(HttpStatusCode.Accepted);

        await Eventually.TrueAsync(() => delivery.Requests.Count(request => request.IsTransaction) == endpoints);
        var (tables, messages) = Documented("a delivery attempt");
        Assert.Equal((endpoints * tables, endpoints * messages), (Counted(delivery).Count, delivery.QueueRequests.Count));
        Assert.Empty(fanOut.Violations.Concat(delivery.Violations));
    }

    private static async Task CountAsync(PaySgApp app, string operation, Func<Task<Answer>> call, HttpStatusCode expected)
    {
        app.HttpTraffic.Forget();
        (await call()).Expect(expected);
        var requests = WithoutAccess(app.HttpTraffic).Where(request => operation.Contains("endpoint", StringComparison.Ordinal) || !IsOfSubscriptions(request));
        Assert.Equal((operation, Documented(operation)), (operation, (requests.Count(), app.HttpTraffic.QueueRequests.Count)));
    }

    /// <summary>Counts all requests, those to the access table too. Who may do what was remembered just before.</summary>
    private static async Task CountAllAsync(PaySgApp app, string operation, Func<Task<Answer>> call, HttpStatusCode expected)
    {
        app.HttpTraffic.Forget();
        (await call()).Expect(expected);
        Assert.Equal((operation, Documented(operation)), (operation, (app.HttpTraffic.TableRequests.Count, app.HttpTraffic.QueueRequests.Count)));
    }

    /// <summary>Who subscribes to an owner's events is remembered for ten seconds.</summary>
    private static bool IsOfSubscriptions(StorageRequest request) => request.Url.AbsolutePath.EndsWith("/paysgwebhooks()", StringComparison.Ordinal);

    /// <summary>Without what is remembered for a while: access, and the endpoint of an attempt, which is a point read.</summary>
    private static List<StorageRequest> Counted(StorageTraffic traffic) =>
        [.. WithoutAccess(traffic).Where(request => !request.Url.AbsolutePath.Contains("/paysgwebhooks(P", StringComparison.Ordinal))];

    private static IEnumerable<StorageRequest> WithoutAccess(StorageTraffic traffic) =>
        traffic.TableRequests.Where(request => !request.Url.AbsolutePath.Contains("/paysgaccess", StringComparison.Ordinal));

    private static (int Tables, int Messages) Documented(string operation, int n = 0)
    {
        var row = Document.Read("docs/contribute/storage.md").Table("operation").Single(row => row[0] == operation);
        return (Evaluate(row[1], n), Evaluate(row[2], n));
    }

    private static int Evaluate(string sum, int n) =>
        sum.Split('+', StringSplitOptions.TrimEntries).Sum(term => term == "n" ? n : int.Parse(term, CultureInfo.InvariantCulture));
}
