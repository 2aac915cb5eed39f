using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PaySg.Functions.Events;
using PaySg.Functions.Operations.Housekeeping;
using PaySg.Functions.PaymentLinks;
using PaySg.Functions.Platform.Ids;
using PaySg.Functions.Platform.Storage;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Scenarios;

public sealed class When_history_grows_old
{
    private static readonly IReadOnlyDictionary<string, string> KeptFor30Days = new Dictionary<string, string>(StringComparer.Ordinal) { ["PaySg__Retention__Days"] = "30" };
    private readonly ShiftedClock clock = new();

    [Fact]
    public async Task Should_delete_events_and_ended_deliveries_and_keep_what_is_young_or_may_still_be_sent()
    {
        await using var app = await StartAsync();
        await using var receiver = await WebhookReceiver.StartAsync();
        var (delivered, _) = await app.Client.RegisteredEndpointAsync(new WebhookEndpointRequest(receiver.Url).For("*"));
        var old = await PaidAsync(app);
        await EndedAsync(app, delivered, 2);
        var (dead, _) = await app.Client.RegisteredEndpointAsync(new WebhookEndpointRequest(new Uri("http://127.0.0.1:1/")).For("payment.cancelled"));
        var waiting = await app.Client.CreatedPaymentAsync();
        (await app.Client.CancelAsync(waiting)).Expect(HttpStatusCode.OK);
        await LocalHost.Eventually.TrueAsync(async () => (await DeliveriesAsync(app, dead)).Count == 1);
        await EndedAsync(app, delivered, 4);

        clock.Shift = TimeSpan.FromDays(29.9);
        await KeepHouseAsync(app);
        Assert.Equal(4, (await EventsAsync(app)).Count);

        clock.Shift = TimeSpan.FromDays(30.1);
        var young = await app.Client.CreatedPaymentAsync();
        await EndedAsync(app, delivered, 5);
        app.HttpTraffic.Forget();
        await KeepHouseAsync(app);

        Assert.Single(await EventsAsync(app));
        Assert.Single(await DeliveriesAsync(app, delivered));
        Assert.Single(await DeliveriesAsync(app, dead));
        foreach (var id in (string[])[old, waiting, young])
            (await app.Client.GetPaymentAsync(id)).Expect(HttpStatusCode.OK);
        (await app.Client.RefundAsync(old, 100)).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Should_delete_the_deliveries_of_a_deleted_endpoint_and_in_the_end_its_trace()
    {
        await using var app = await StartAsync();
        await using var receiver = await WebhookReceiver.StartAsync();
        var (endpoint, _) = await app.Client.RegisteredEndpointAsync(new WebhookEndpointRequest(receiver.Url).For("*"));
        await app.Client.CreatedPaymentAsync();
        await EndedAsync(app, endpoint, 1);
        (await app.Client.DeleteAsync(ApiClient.EndpointPath(endpoint))).Expect(HttpStatusCode.NoContent);

        clock.Shift = TimeSpan.FromDays(30.1);
        await KeepHouseAsync(app);
        Assert.Empty(await StoredRows.OfAsync(app.Connection, "paysgdeliveries", ""));
        Assert.Single(await StoredRows.OfAsync(app.Connection, "paysgwebhooks", "g:"));

        clock.Shift = TimeSpan.FromDays(31.1);
        await KeepHouseAsync(app);
        Assert.Empty(await StoredRows.OfAsync(app.Connection, "paysgwebhooks", "g:"));
    }

    [Fact]
    public async Task Should_delete_attempts_to_pay_after_a_year_and_none_that_is_not_decided()
    {
        await using var app = await StartAsync();
        var paid = await PaidAsync(app);
        var pending = await app.Client.CreatedPaymentAsync();
        (await app.Client.PayAsync(pending, "pending")).Expect(HttpStatusCode.OK);

        clock.Shift = TimeSpan.FromDays(364);
        await KeepHouseAsync(app);
        Assert.Equal(2, (await StoredRows.OfAsync(app.Connection, "paysgpayments", "a:")).Count);

        clock.Shift = TimeSpan.FromDays(366);
        await KeepHouseAsync(app);
        Assert.Contains(pending, Assert.Single(await StoredRows.OfAsync(app.Connection, "paysgpayments", "a:")).RowKey, StringComparison.Ordinal);
        (await app.Client.GetPaymentAsync(paid)).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Should_delete_attempts_on_links_after_a_year_and_take_them_out_of_the_total()
    {
        await using var app = await StartAsync();
        var link = await app.AddLinkAsync(A.PaymentLink().MaxUsage(1000));
        for (var i = 0; i < 3; i++)
            (await app.Client.AttemptAsync(link)).Expect(HttpStatusCode.OK);
        (await app.Client.AttemptAsync(link, outcome: "pending")).Expect(HttpStatusCode.OK);

        clock.Shift = TimeSpan.FromDays(200);
        for (var i = 0; i < 2; i++)
            (await app.Client.AttemptAsync(link)).Expect(HttpStatusCode.OK);
        // As if a list had counted the old ones.
        await app.Services.GetRequiredService<PaySgTables>().PaymentLinks.UpsertEntityAsync(
            ListedRows.Histories.WriteCount(SingapayClient.AccountId, new PaymentLinkCount(4, PaymentLinkId.LowestAt(clock.GetUtcNow().AddDays(-100)))));

        clock.Shift = TimeSpan.FromDays(366);
        await KeepHouseAsync(app);

        Assert.Equal(3, (await StoredRows.OfAsync(app.Connection, "paysgpaymentlinks", "h:")).Count);
        var page = (await app.Singapay.GetAsync($"/api/v1.0/payment-link-histories/{SingapayClient.AccountId}?per_page=2")).Expect(HttpStatusCode.OK);
        Assert.Equal(3, page.Json.GetProperty("pagination").GetProperty("total").GetInt32());
        Assert.Equal(5, (await app.LinkAsync(link)).CurrentUsage);
    }

    [Fact]
    public async Task Should_delete_many_by_the_hundred()
    {
        await using var app = await StartAsync();
        await Parallel.ForAsync(0, 205, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (_, _) => await app.Client.CreatedPaymentAsync());

        clock.Shift = TimeSpan.FromDays(31);
        app.HttpTraffic.Forget();
        await KeepHouseAsync(app);

        Assert.Empty(await EventsAsync(app));
        Assert.Equal(3, app.HttpTraffic.TableRequests.Count(request => request.Method == "POST"));
    }

    [Fact]
    public async Task Should_delete_payments_that_nothing_has_happened_to_for_years_with_everything_beside_them()
    {
        await using var app = await StartAsync(new Dictionary<string, string>(KeptFor30Days, StringComparer.Ordinal) { ["PaySg__Retention__PaymentYears"] = "6" });
        var paid = await PaidAsync(app);
        (await app.Client.RefundAsync(paid, 100)).Expect(HttpStatusCode.OK);
        var redacted = await PaidAsync(app);
        (await new ManagementClient(app.BaseAddress).PostAsync($"{ManagementClient.ServicesPath}/{ApiClient.ServiceId}/payments/{redacted}/redact", "")).Expect(HttpStatusCode.OK);
        var cancelled = await app.Client.CreatedPaymentAsync();
        (await app.Client.CancelAsync(cancelled)).Expect(HttpStatusCode.OK);
        var unpaid = await app.Client.CreatedPaymentAsync();
        var undecided = await app.Client.CreatedPaymentAsync();
        (await app.Client.PayAsync(undecided, "pending")).Expect(HttpStatusCode.OK);
        var refunded = await PaidAsync(app);
        await LocalHost.Eventually.TrueAsync(async () => (await StoredRows.OfAsync(app.Connection, "paysgpayments", "o:")).All(row => row.RowKey.Contains(undecided, StringComparison.Ordinal)));

        clock.Shift = TimeSpan.FromDays(89);
        (await app.Client.RefundAsync(refunded, 100)).Expect(HttpStatusCode.OK);
        clock.Shift = TimeSpan.FromDays((6 * 365) - 7);
        await KeepHouseAsync(app);
        foreach (var id in (string[])[paid, redacted, cancelled, unpaid, undecided, refunded])
            (await app.Client.GetPaymentAsync(id)).Expect(HttpStatusCode.OK);

        clock.Shift = TimeSpan.FromDays((6 * 365) + 7);
        var young = await app.Client.CreatedPaymentAsync();
        await KeepHouseAsync(app);
        await KeepHouseAsync(app);

        foreach (var id in (string[])[paid, redacted, cancelled, unpaid])
        {
            (await app.Client.GetPaymentAsync(id)).Expect(HttpStatusCode.NotFound);
            var rows = await StoredRows.OfAsync(app.Connection, "paysgpayments", "");
            Assert.DoesNotContain(rows, row => row.RowKey.Contains(id, StringComparison.Ordinal) || row.RowKey.Contains(SortableAlphabet.Complement(id), StringComparison.Ordinal));
        }

        // What is not decided, what something has happened to since, and what is young.
        foreach (var id in (string[])[undecided, refunded, young])
            (await app.Client.GetPaymentAsync(id)).Expect(HttpStatusCode.OK);
        Assert.Equal(3, (await app.Client.GetAsync(ApiClient.PaymentsPath)).Expect(HttpStatusCode.OK).Json.GetProperty("data").GetArrayLength());
    }

    [Fact]
    public async Task Should_delete_the_audit_log_as_it_deletes_payments_and_keep_it_by_default()
    {
        foreach (var years in (string[])["6", "100"])
        {
            clock.Shift = TimeSpan.Zero;
            await using var app = await StartAsync(new Dictionary<string, string>(KeptFor30Days, StringComparer.Ordinal) { ["PaySg__Retention__PaymentYears"] = years });
            var management = new ManagementClient(app.BaseAddress);
            await management.IssuedKeyAsync();
            (await management.PatchAsync($"{ManagementClient.ServicesPath}/{ApiClient.ServiceId}", """{"support_phone":"+65 6000 0000"}""")).Expect(HttpStatusCode.OK);
            (await management.PatchAsync(ManagementClient.AccountPath(), """{"phone":"+65 6000 0000"}""")).Expect(HttpStatusCode.OK);
            var (kept, gone) = (await TestedEndpointAsync(app), await TestedEndpointAsync(app));
            (await app.Client.DeleteAsync(ApiClient.EndpointPath(gone))).Expect(HttpStatusCode.NoContent);

            clock.Shift = TimeSpan.FromDays((6 * 365) - 7);
            await management.IssuedKeyAsync();
            await KeepHouseAsync(app);
            Assert.Equal(4, (await StoredRows.OfAsync(app.Connection, "paysgaccess", "t:")).Count);

            clock.Shift = TimeSpan.FromDays((6 * 365) + 7);
            await KeepHouseAsync(app);
            Assert.Equal(years == "6" ? 1 : 4, (await StoredRows.OfAsync(app.Connection, "paysgaccess", "t:")).Count);
            Assert.Equal(years == "6" ? 0 : 2, (await StoredRows.OfAsync(app.Connection, "paysgdeliveries", "t:")).Count);
            Assert.Equal(years == "6" ? [kept] : [kept, gone], (await StoredRows.OfAsync(app.Connection, "paysgwebhooks", "b:")).Select(row => row.RowKey[2..]).Order(StringComparer.Ordinal));
        }
    }

    /// <summary>An endpoint that a member has tested: an entry of the audit log stands among its deliveries.</summary>
    private static async Task<string> TestedEndpointAsync(PaySgApp app)
    {
        var (id, _) = await app.Client.RegisteredEndpointAsync(new WebhookEndpointRequest(new Uri("http://127.0.0.1:1/")).For("payment.cancelled"));
        using var officer = await OfficerClient.SignedInAsync(app.BaseAddress, "everything");
        var page = $"/dashboard/{ApiClient.ServiceId}/developers/webhooks/{id}";
        var form = SettingsForms.Of(await officer.OpenAsync(page));
        form["action"] = "test";
        (await officer.PostAsync(page, form)).Expect(HttpStatusCode.SeeOther);
        return id;
    }

    private static async Task<string> PaidAsync(PaySgApp app)
    {
        var id = await app.Client.CreatedPaymentAsync();
        (await app.Client.PayAsync(id)).Expect(HttpStatusCode.OK);
        return id;
    }

    private static Task KeepHouseAsync(PaySgApp app) => app.Services.GetRequiredService<DeleteOldRows>().RunAsync(CancellationToken.None);

    // A retry on the moved clock disables the endpoint that nobody answers at, whenever its message comes: that event is none of these.
    private static async Task<IReadOnlyList<Azure.Data.Tables.TableEntity>> EventsAsync(PaySgApp app) =>
        [.. (await StoredRows.OfAsync(app.Connection, "paysgpayments", "e:")).Where(row => row.GetString("type") != EventTypes.WebhookEndpointDisabled)];

    private static async Task<IReadOnlyList<System.Text.Json.JsonElement>> DeliveriesAsync(PaySgApp app, string endpointId) =>
    [
        .. (await app.Client.GetAsync(ApiClient.DeliveriesPath(endpointId))).Expect(HttpStatusCode.OK).Json.GetProperty("data").EnumerateArray()
            .Where(delivery => delivery.GetProperty("event_type").GetString() != EventTypes.WebhookEndpointDisabled),
    ];

    private static Task EndedAsync(PaySgApp app, string endpointId, int count) => LocalHost.Eventually.TrueAsync(async () =>
        (await DeliveriesAsync(app, endpointId)).Count(delivery => delivery.GetProperty("status").GetString() == "delivered") == count);

    private Task<PaySgApp> StartAsync(IReadOnlyDictionary<string, string>? settings = null) =>
        PaySgApp.StartAsync(settings: settings ?? KeptFor30Days, services: (_, services) => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock)));
}
