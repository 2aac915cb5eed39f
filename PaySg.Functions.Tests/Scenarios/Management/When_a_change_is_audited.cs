using System.Net;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Scenarios;

/// <summary>A process dies at the write of a change, before it is sent or with its answer unseen: there is an entry in the log if, and only if, the change was made.</summary>
public sealed class When_a_change_is_audited(SharedApp shared) : IClassFixture<SharedApp>, IAsyncLifetime
{
    private const string Access = "paysgaccess";
    private const string Payments = "paysgpayments";
    private const string Webhooks = "paysgwebhooks";
    private const string Deliveries = "paysgdeliveries";

    private readonly ManagementClient management = new(shared.App.BaseAddress);
    private WebhookReceiver receiver = null!;

    public static TheoryData<string> Changes => ["update", "create", "key", "revoke", "invite", "remove", "redact", "cancel", "refund", "settings", "resend", "test", "recover", "rotate", "disable"];

    private static string Corner => $"/dashboard/{ApiClient.ServiceId}/developers/webhooks";

    public async Task InitializeAsync() => receiver = await WebhookReceiver.StartAsync();

    public async Task DisposeAsync() => await receiver.DisposeAsync();

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task Should_have_one_entry_if_the_change_was_made_and_none_if_not(string change)
    {
        foreach (var isCommitted in (bool[])[false, true])
            await DieAndTryAgainAsync(change, isCommitted);
    }

    [Fact]
    public async Task Should_have_no_entry_where_nothing_was_changed_or_the_change_was_refused()
    {
        var path = $"{ManagementClient.ServicesPath}/{ApiClient.ServiceId}";
        var name = (await management.GetAsync(path)).Expect(HttpStatusCode.OK)["name"];
        var before = await CountAsync();

        (await management.PatchAsync(path, $$"""{"name":"{{name}}"}""")).Expect(HttpStatusCode.OK);
        (await management.PatchAsync(path, """{"gst_rate_percent":101}""")).Expect(HttpStatusCode.BadRequest);
        (await management.DeleteAsync($"{ManagementClient.KeysPath()}/key_00000000-0000-7000-8000-000000000000")).Expect(HttpStatusCode.NotFound);
        (await management.PostAsync($"{path}/payments/{await shared.Client.CreatedPaymentAsync()}/redact", "")).Expect(HttpStatusCode.PaymentRequired);

        Assert.Equal(before, await CountAsync());
    }

    private async Task DieAndTryAgainAsync(string change, bool isCommitted)
    {
        var idempotencyKey = $"{change}-{isCommitted}";
        var service = await management.CreatedServiceAsync();
        var path = $"{ManagementClient.ServicesPath}/{service}";
        using var officer = await OfficerClient.SignedInAsync(shared.App.BaseAddress, "everything");
        Func<Task<Answer>> send;
        (string Table, string Mark, HttpStatusCode Done) expected;
        switch (change)
        {
            case "update":
                send = () => management.PatchAsync(path, """{"support_phone":"+65 6000 0000"}""", idempotencyKey);
                expected = (Access, service, HttpStatusCode.OK);
                break;
            case "create":
                send = () => management.PostAsync(ManagementClient.ServicesPath, $$"""{"name":"{{idempotencyKey}}"}""", idempotencyKey);
                expected = (Access, idempotencyKey, HttpStatusCode.Created);
                break;
            case "key":
                send = () => management.PostAsync($"{path}/api-keys", """{"label":"till","permissions":["view"]}""", idempotencyKey);
                expected = (Access, service, HttpStatusCode.Created);
                break;
            case "revoke":
                var (key, _) = await management.IssuedKeyAsync(service);
                send = () => management.DeleteAsync($"{path}/api-keys/{key}", idempotencyKey);
                expected = (Access, key, HttpStatusCode.NoContent);
                break;
            case "invite":
                send = () => management.PostAsync($"{path}/members", """{"email":"mei.ling@agency.example.sg","permissions":["view"]}""", idempotencyKey);
                expected = (Access, "n:members", HttpStatusCode.OK);
                break;
            case "remove":
                var member = (await management.PostAsync($"{path}/members", """{"email":"mei.ling@agency.example.sg","permissions":["view"]}""")).Expect(HttpStatusCode.OK)["id"]!;
                send = () => management.DeleteAsync($"{path}/members/{member}", idempotencyKey);
                expected = (Access, "n:members", HttpStatusCode.NoContent);
                break;
            case "redact":
                var paid = await PaidAsync();
                send = () => management.PostAsync($"{ManagementClient.ServicesPath}/{ApiClient.ServiceId}/payments/{paid}/redact", "", idempotencyKey);
                expected = (Payments, paid, HttpStatusCode.OK);
                break;
            case "cancel":
                var unpaid = await shared.Client.CreatedPaymentAsync();
                var cancel = OfficerClient.FormOf(await officer.OpenAsync($"{OfficerClient.PathOf(unpaid)}?step=cancel"));
                send = () => officer.SubmitAsync(unpaid, cancel);
                expected = (Payments, unpaid, HttpStatusCode.SeeOther);
                break;
            case "refund":
                var refunded = await PaidAsync();
                var refund = await officer.RefundFormAsync(refunded, "1.00");
                send = () => officer.SubmitAsync(refunded, refund);
                expected = (Payments, refunded, HttpStatusCode.SeeOther);
                break;
            case "resend" or "test" or "recover" or "rotate" or "disable":
                var (endpoint, _) = await shared.Client.RegisteredEndpointAsync(A.WebhookEndpoint(new Uri(receiver.Url, $"/{idempotencyKey}")).For("payment.created"));
                var page = $"{Corner}/{endpoint}";
                if (change == "resend")
                {
                    await shared.Client.CreatedPaymentAsync();
                    page += $"/deliveries/{(await shared.Client.DeliveryAsync(endpoint, "delivered")).GetProperty("event_id").GetString()}";
                }

                var corner = SettingsForms.Of(await officer.OpenAsync(change == "rotate" ? $"{page}?step=rotate" : page));
                (corner["action"], corner["since"]) = (change, "2026-01-15T09:30");
                send = () => officer.PostAsync(page, corner);
                expected = (change is "resend" or "test" ? Deliveries : Webhooks, endpoint, change == "rotate" ? HttpStatusCode.OK : HttpStatusCode.SeeOther);
                break;
            default:
                var settings = $"/dashboard/{ApiClient.ServiceId}/settings";
                var form = SettingsForms.Of(await officer.OpenAsync(settings));
                form["support_phone"] = idempotencyKey;
                send = () => officer.PostAsync(settings, form);
                expected = (Access, idempotencyKey, HttpStatusCode.SeeOther);
                break;
        }

        var before = await CountAsync();
        bool Matches(StorageRequest request) => request.Writes(expected.Table) && request.Body.Contains(expected.Mark, StringComparison.Ordinal) && request.Body.Contains("\"t:", StringComparison.Ordinal);
        var death = isCommitted ? Death.After(shared.App.HttpTraffic, Matches) : Death.Before(shared.App.HttpTraffic, Matches);

        var died = await send();
        Assert.True(death.Happened, died.Body);
        Assert.True((int)died.Status >= 500, died.Body);
        death.Replace();
        Assert.Equal(before + (isCommitted ? 1 : 0), await CountAsync());

        // A refund that nobody has heard of is in doubt until the repair; the form says so.
        var again = await send();
        Assert.True(again.Status == expected.Done || (change == "refund" && isCommitted && again.Status == HttpStatusCode.Conflict), $"{(int)again.Status} {again.Body}");
        Assert.Equal(before + 1, await CountAsync());
        await send();
        Assert.Equal(before + 1, await CountAsync());
    }

    private async Task<string> PaidAsync()
    {
        var id = await shared.Client.CreatedPaymentAsync(A.Payment().Of(1130));
        (await shared.Client.PayAsync(id)).Expect(HttpStatusCode.OK);
        return id;
    }

    private async Task<int> CountAsync()
    {
        var count = 0;
        foreach (var table in (string[])[Access, Payments, Webhooks, Deliveries])
            count += (await StoredRows.OfAsync(shared.App.Connection, table, "t:")).Count;
        return count;
    }
}
