using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using PaySg.Functions.Access;
using PaySg.Functions.Operations.Housekeeping;
using PaySg.Functions.Tests.Fixtures;
using PaySg.Functions.Tests.LocalHost;
using PaySg.Functions.Webhooks.Endpoints;

namespace PaySg.Functions.Tests.Scenarios;

public sealed class When_an_account_hears_of_events : IAsyncLifetime
{
    private const string PathAndQuery = "/hook/a%20b?src=pl&x=1";
    private WebhookApp app = null!;
    private ManagementClient management = null!;

    private string Url => new Uri(app.Receiver.Url, PathAndQuery).AbsoluteUri;

    public async Task InitializeAsync()
    {
        app = await WebhookApp.StartAsync();
        management = new ManagementClient(app.App.BaseAddress);
    }

    public async Task DisposeAsync() => await app.DisposeAsync();

    [Fact]
    public async Task Should_be_told_by_a_request_that_a_merchants_own_verifier_takes()
    {
        var account = await management.CreatedAccountAsync(Url);
        using var oldest = await management.IssuedCredentialAsync(account);
        using var newer = await management.IssuedCredentialAsync(account);

        var id = await app.App.HappensAsync(account, name: "Siti \"Café\" </é> 😀 \\ /");

        var webhook = Assert.Single(await app.Receiver.WaitForAsync(1));
        var now = TimeProvider.System.GetUtcNow();
        Assert.Equal(AccountEvents.Type, webhook.Json.GetProperty("event").GetString());
        Assert.Equal("application/json", webhook.Headers["Content-Type"]);
        Assert.Equal("SingaPaymentGateway/1.0", webhook.Headers["User-Agent"]);
        Assert.Equal(oldest.Partner, webhook.Headers["X-PARTNER-ID"]);
        Assert.Matches("^[0-9]{10}$", webhook.Headers["X-Timestamp"]);
        Assert.Matches("^Bearer [0-9a-f]{64}$", webhook.Headers["Authorization"]);
        Assert.Matches("^[0-9a-f]{128}$", webhook.Headers["X-Signature"]);
        Assert.DoesNotContain(webhook.Headers.Keys, name => name.StartsWith("webhook-", StringComparison.OrdinalIgnoreCase) || name.StartsWith("PaySG", StringComparison.OrdinalIgnoreCase));

        Assert.True(await SingapayReceiver.AcceptsAsync(webhook, PathAndQuery, oldest.Secret, now));
        Assert.False(await SingapayReceiver.AcceptsAsync(webhook, PathAndQuery, newer.Secret, now));
        Assert.False(await SingapayReceiver.AcceptsAsync(webhook, "/hook", oldest.Secret, now));
        Assert.False(await SingapayReceiver.AcceptsAsync(webhook, PathAndQuery, oldest.Secret, now.AddMinutes(6)));
        Assert.False(await SingapayReceiver.AcceptsAsync(webhook with { Body = [.. webhook.Body.Select(b => b == (byte)'1' ? (byte)'2' : b)] }, PathAndQuery, oldest.Secret, now));
        Assert.Equal("delivered", (await DeliveryAsync(account, id, "delivered")).GetProperty("status").GetString());
    }

    [Fact]
    public async Task Should_be_told_again_with_another_token_and_signature_and_the_same_body()
    {
        var account = await management.CreatedAccountAsync(Url);
        using var client = await management.IssuedCredentialAsync(account);
        app.Answer(500);
        var id = await app.App.HappensAsync(account);
        await app.Receiver.WaitForAsync(1);
        app.Answer(204);

        var both = await app.Receiver.WaitForAsync(2);

        Assert.Equal(both[0].Body, both[1].Body);
        Assert.NotEqual(both[0].Headers["Authorization"], both[1].Headers["Authorization"]);
        Assert.NotEqual(both[0].Headers["X-Signature"], both[1].Headers["X-Signature"]);
        Assert.True(await SingapayReceiver.AcceptsAsync(both[1], PathAndQuery, client.Secret, TimeProvider.System.GetUtcNow()));
        var delivery = await DeliveryAsync(account, id, "delivered");
        Assert.Equal(2, delivery.GetProperty("attempt_count").GetInt32());
        Assert.Equal([500, 204], delivery.GetProperty("attempts").EnumerateArray().Select(attempt => attempt.GetProperty("response_status").GetInt32()));
    }

    [Fact]
    public async Task Should_be_signed_by_the_next_credential_once_the_oldest_is_revoked()
    {
        var account = await management.CreatedAccountAsync(Url);
        using var oldest = await management.IssuedCredentialAsync(account);
        using var next = await management.IssuedCredentialAsync(account);
        await app.App.HappensAsync(account);
        await app.Receiver.WaitForAsync(1);

        (await management.DeleteAsync($"{ManagementClient.CredentialsPath(account)}/{oldest.Id}")).Expect(HttpStatusCode.NoContent);
        app.Clock.Shift += AccessCache.Lifetime;
        await app.App.HappensAsync(account);

        var second = (await app.Receiver.WaitForAsync(2))[1];
        Assert.Equal(next.Partner, second.Headers["X-PARTNER-ID"]);
        Assert.True(await SingapayReceiver.AcceptsAsync(second, PathAndQuery, next.Secret, app.Clock.GetUtcNow()));
    }

    [Fact]
    public async Task Should_fail_in_words_while_there_is_no_credential_and_be_told_once_there_is()
    {
        var account = await management.CreatedAccountAsync(Url);
        var id = await app.App.HappensAsync(account);

        var failed = await DeliveryAsync(account, id, "pending", attempts: 1);
        Assert.Equal("Nothing was sent: the account has no credential to sign with. Issue one.", failed.GetProperty("attempts")[0].GetProperty("error").GetString());
        Assert.Empty(app.Receiver.All);
        Assert.DoesNotContain(app.App.Log.All, line => line.Level >= Microsoft.Extensions.Logging.LogLevel.Error);

        using var client = await management.IssuedCredentialAsync(account);
        (await management.PostAsync($"{DeliveriesPath(account)}/{id}/resend", "")).Expect(HttpStatusCode.Accepted);
        Assert.True(await SingapayReceiver.AcceptsAsync((await app.Receiver.WaitForAsync(1))[0], PathAndQuery, client.Secret, TimeProvider.System.GetUtcNow()));
    }

    [Fact]
    public async Task Should_keep_what_happened_before_there_was_a_URL_and_send_it_when_it_is_asked_for()
    {
        var account = await management.CreatedAccountAsync();
        using var client = await management.IssuedCredentialAsync(account);
        var first = await app.App.HappensAsync(account);
        var second = await app.App.HappensAsync(account);
        await DeliveryAsync(account, first, "skipped");
        await DeliveryAsync(account, second, "skipped");
        var since = """{"since":0}""";
        Assert.Equal(
            "webhook_endpoint_disabled", (await management.PostAsync($"{DeliveriesPath(account)}/recover", since)).Expect(HttpStatusCode.PaymentRequired).ErrorCode);
        Assert.Equal(
            "webhook_endpoint_disabled", (await management.PostAsync($"{DeliveriesPath(account)}/{first}/resend", "")).Expect(HttpStatusCode.PaymentRequired).ErrorCode);

        (await management.PatchAsync(ManagementClient.AccountPath(account), $$"""{"transaction_notif_url":"{{Url}}"}""")).Expect(HttpStatusCode.OK);
        var recovery = (await management.PostAsync($"{DeliveriesPath(account)}/recover", since, "r-1")).Expect(HttpStatusCode.Accepted);
        var again = (await management.PostAsync($"{DeliveriesPath(account)}/recover", since, "r-1")).Expect(HttpStatusCode.Accepted);

        Assert.Equal((recovery.Body, "true"), (again.Body, again.Headers["Idempotent-Replayed"]));
        await app.Receiver.WaitForAsync(2);
        await DeliveryAsync(account, first, "delivered");
        await DeliveryAsync(account, second, "delivered");
        await Eventually.TrueAsync(async () =>
            (await management.GetAsync($"{ManagementClient.AccountPath(account)}/recoveries/{recovery["id"]}")).Expect(HttpStatusCode.OK)["status"] == "completed");
        var done = await management.GetAsync($"{ManagementClient.AccountPath(account)}/recoveries/{recovery["id"]}");
        Assert.Equal(("2", "2"), (done["examined"], done["sent"]));
        Assert.Equal(2, app.Receiver.All.Count);
    }

    [Fact]
    public async Task Should_be_told_although_the_nudge_was_lost()
    {
        var account = await management.CreatedAccountAsync(Url);
        using var client = await management.IssuedCredentialAsync(account);
        await app.App.HappensAsync(account, isNudged: false);

        await app.PassAsync(TimeSpan.FromSeconds(31));

        await app.Receiver.WaitForAsync(1);
        await Eventually.TrueAsync(async () => (await StoredRows.OfAsync(app.App.Connection, "paysgpaymentlinks", "o:")).Count == 0);
    }

    [Fact]
    public async Task Should_be_tried_again_by_the_schedule_that_all_webhooks_have()
    {
        var account = await management.CreatedAccountAsync(Url);
        using var client = await management.IssuedCredentialAsync(account);
        app.Answer(503);
        var id = await app.App.HappensAsync(account);

        // The second attempt comes after 5 s by the queue; the third waits 5 minutes, as a due row, for the sweeper.
        await DeliveryAsync(account, id, "pending", attempts: 2);
        app.Answer(204);
        await app.PassAsync(TimeSpan.FromMinutes(7));

        Assert.Equal(3, (await DeliveryAsync(account, id, "delivered")).GetProperty("attempt_count").GetInt32());
    }

    [Fact]
    public async Task Should_be_disabled_when_it_is_gone_and_enabled_when_its_URL_is_set_again_be_it_the_same()
    {
        var account = await management.CreatedAccountAsync(Url);
        using var client = await management.IssuedCredentialAsync(account);
        app.Answer(410);
        var id = await app.App.HappensAsync(account);
        await Eventually.TrueAsync(async () => (await WebhookAsync(account)).Status == "disabled");
        Assert.Equal(("disabled", "gone", true), await WebhookAsync(account));
        var skipped = await app.App.HappensAsync(account);
        await DeliveryAsync(account, skipped, "skipped");

        // There is no other endpoint to be told, so there is the line in the log and no event.
        var endpointId = WebhookEndpoint.IdOfAccount(account);
        Assert.Contains(app.App.Log.Of(3006), line => line.Message.Contains(endpointId, StringComparison.Ordinal));
        Assert.Equal(2, (await StoredRows.OfAsync(app.App.Connection, "paysgpaymentlinks", "e:")).Count);
        Assert.Empty(await StoredRows.OfAsync(app.App.Connection, "paysgpayments", "e:"));

        app.Answer(204);
        (await management.PatchAsync(ManagementClient.AccountPath(account), $$"""{"transaction_notif_url":"{{Url}}"}""")).Expect(HttpStatusCode.OK);
        Assert.Equal(("enabled", null, false), await WebhookAsync(account));
        (await management.PostAsync($"{DeliveriesPath(account)}/{skipped}/resend", "")).Expect(HttpStatusCode.Accepted);
        await DeliveryAsync(account, skipped, "delivered");
        Assert.NotEqual("delivered", (await management.GetAsync($"{DeliveriesPath(account)}/{id}"))["status"]);
    }

    [Fact]
    public async Task Should_be_marked_as_failing_and_disabled_after_five_days_of_it()
    {
        var account = await management.CreatedAccountAsync(Url);
        using var client = await management.IssuedCredentialAsync(account);
        app.Answer(500);
        var first = await app.App.HappensAsync(account);
        await DeliveryAsync(account, first, "pending", attempts: 1);
        await Eventually.TrueAsync(async () => (await WebhookAsync(account)).IsFailing);
        Assert.Equal(("enabled", null, true), await WebhookAsync(account));

        app.Clock.Shift += WebhookEndpoint.LongestFailing;
        await app.App.HappensAsync(account);

        await Eventually.TrueAsync(async () => (await WebhookAsync(account)).Status == "disabled");
        Assert.Equal(("disabled", "failing", true), await WebhookAsync(account));
    }

    [Fact]
    public async Task Should_list_read_and_send_again_what_is_the_accounts_and_nothing_else()
    {
        var (account, other) = (await management.CreatedAccountAsync(Url), await management.CreatedAccountAsync());
        using var client = await management.IssuedCredentialAsync(account);
        var id = await app.App.HappensAsync(account);
        await DeliveryAsync(account, id, "delivered");

        var list = (await management.GetAsync($"{DeliveriesPath(account)}?status=delivered&response_status=204")).Expect(HttpStatusCode.OK).Json;
        Assert.Equal(id, Assert.Single(list.GetProperty("data").EnumerateArray()).GetProperty("event_id").GetString());
        Assert.Empty((await management.GetAsync($"{DeliveriesPath(account)}?status=failed")).Expect(HttpStatusCode.OK).Json.GetProperty("data").EnumerateArray());
        Assert.Empty((await management.GetAsync(DeliveriesPath(other))).Expect(HttpStatusCode.OK).Json.GetProperty("data").EnumerateArray());
        Assert.Equal(["status"], (await management.GetAsync($"{DeliveriesPath(account)}?status=x")).Expect(HttpStatusCode.BadRequest).ErrorFields);
        foreach (var answer in new[]
        {
            await management.GetAsync($"{DeliveriesPath(other)}/{id}"),
            await management.PostAsync($"{DeliveriesPath(other)}/{id}/resend", "", "k"),
            await management.GetAsync($"{DeliveriesPath(account)}/recover"),
        })
        {
            Assert.Equal("webhook_delivery_not_found", answer.Expect(HttpStatusCode.NotFound).ErrorCode);
        }

        Assert.Equal(["since"], (await management.PostAsync($"{DeliveriesPath(account)}/recover", "{}")).Expect(HttpStatusCode.BadRequest).ErrorFields);
        Assert.Equal("webhook_recovery_not_found", (await management.GetAsync($"{ManagementClient.AccountPath(account)}/recoveries/rec_x")).Expect(HttpStatusCode.NotFound).ErrorCode);
        var resent = (await management.PostAsync($"{DeliveriesPath(account)}/{id}/resend", "", "k")).Expect(HttpStatusCode.Accepted);
        Assert.Equal("true", (await management.PostAsync($"{DeliveriesPath(account)}/{id}/resend", "", "k")).Expect(HttpStatusCode.Accepted).Headers["Idempotent-Replayed"]);
        Assert.NotNull(resent["next_attempt_at"]);
        Assert.Equal(2, (await app.Receiver.WaitForAsync(2)).Count);
    }

    [Fact]
    public async Task Should_show_in_the_inbox_of_a_laptop_that_its_signature_verifies()
    {
        var account = await management.CreatedAccountAsync(new Uri(app.App.BaseAddress, "/sandbox/webhook-inbox?of=me").AbsoluteUri);
        using var client = await management.IssuedCredentialAsync(account);
        await DeliveryAsync(account, await app.App.HappensAsync(account), "delivered");

        async Task<IReadOnlyList<JsonElement>> ShownAsync(string query = "") =>
            [.. (await app.Client.GetAsync($"/sandbox/webhook-inbox{query}")).Expect(HttpStatusCode.OK).Json.GetProperty("received").EnumerateArray()];

        var shown = Assert.Single(await ShownAsync());
        Assert.True(shown.GetProperty("singapay_signature_valid").GetBoolean());
        Assert.False(shown.TryGetProperty("paysg_signature_valid", out _));
        Assert.Equal(client.Partner, shown.GetProperty("headers").GetProperty("x-partner-id").GetString());
        var endpoint = (await management.GetAsync(ManagementClient.AccountPath(account))).Json.GetProperty("webhook").GetProperty("id").GetString();
        Assert.Equal(endpoint, shown.GetProperty("webhook_endpoint_id").GetString());
        Assert.Single(await ShownAsync($"?endpoint={endpoint}"));
        Assert.Empty(await ShownAsync("?endpoint=we_of_another"));
    }

    [Theory]
    [InlineData("01ARZ3NDEKTSV4RRFFQ69G5FAV")]
    [InlineData("x")]
    public async Task Should_not_find_the_deliveries_of_an_unknown_account(string id)
    {
        const string eventId = "evt_01234567-89ab-7def-8123-456789abcdef";
        var answers = await Task.WhenAll(
            management.GetAsync(DeliveriesPath(id)),
            management.GetAsync($"{DeliveriesPath(id)}/{eventId}"),
            management.PostAsync($"{DeliveriesPath(id)}/{eventId}/resend", ""),
            management.PostAsync($"{DeliveriesPath(id)}/recover", """{"since":0}"""),
            management.GetAsync($"{ManagementClient.AccountPath(id)}/recoveries/rec_01234567-89ab-7def-8123-456789abcdef"));

        Assert.All(answers, answer => Assert.Equal("account_not_found", answer.Expect(HttpStatusCode.NotFound).ErrorCode));
        Assert.Equal("invalid_management_key", (await management.GetAsync(DeliveriesPath(id), "wrong")).Expect(HttpStatusCode.Unauthorized).ErrorCode);
    }

    [Fact]
    public async Task Should_have_the_idempotency_keys_of_its_calls_forgotten_after_a_day()
    {
        var account = await management.CreatedAccountAsync(Url);
        (await management.PostAsync(ManagementClient.CredentialsPath(account), """{"label":"l"}""", "k-1")).Expect(HttpStatusCode.Created);
        var id = await app.App.HappensAsync(account);
        await DeliveryAsync(account, id, "delivered");
        (await management.PostAsync($"{DeliveriesPath(account)}/{id}/resend", "", "k-2")).Expect(HttpStatusCode.Accepted);
        (await management.PostAsync($"{DeliveriesPath(account)}/recover", """{"since":0}""", "k-3")).Expect(HttpStatusCode.Accepted);
        Assert.Equal(3, await RecordsAsync());

        app.Clock.Shift += ForgetIdempotencyKeys.KeptFor + TimeSpan.FromHours(1);
        await app.App.Services.GetRequiredService<ForgetIdempotencyKeys>().RunAsync(CancellationToken.None);

        Assert.Equal(0, await RecordsAsync());
    }

    private static string DeliveriesPath(string account) => $"{ManagementClient.AccountPath(account)}/deliveries";

    private async Task<int> RecordsAsync()
    {
        var count = 0;
        foreach (var table in (string[])["paysgaccess", "paysgwebhooks", "paysgdeliveries"])
            count += (await StoredRows.OfAsync(app.App.Connection, table, "k:")).Count;
        return count;
    }

    private async Task<(string Status, string? Reason, bool IsFailing)> WebhookAsync(string account)
    {
        var webhook = (await management.GetAsync(ManagementClient.AccountPath(account))).Expect(HttpStatusCode.OK).Json.GetProperty("webhook");
        return (
            webhook.GetProperty("status").GetString()!,
            webhook.GetProperty("disabled_reason").GetString(),
            webhook.GetProperty("failing_since").ValueKind == JsonValueKind.String);
    }

    private async Task<JsonElement> DeliveryAsync(string account, string eventId, string status, int attempts = 0)
    {
        JsonElement delivery = default;
        await Eventually.TrueAsync(async () =>
        {
            var answer = await management.GetAsync($"{DeliveriesPath(account)}/{eventId}");
            if (answer.Status != HttpStatusCode.OK)
                return false;
            delivery = answer.Json;
            return delivery.GetProperty("status").GetString() == status && delivery.GetProperty("attempt_count").GetInt32() >= attempts;
        });
        return delivery;
    }
}
