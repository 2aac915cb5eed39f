using PaySg.Functions.Access;
using PaySg.Functions.Events;
using PaySg.Functions.Tests.Fixtures;
using PaySg.Functions.Webhooks.Delivery;
using PaySg.Functions.Webhooks.Endpoints;
using PaySg.Functions.Webhooks.Signing;

namespace PaySg.Functions.Tests.Webhooks.Delivery;

[Trait("Category", "Rules")]
public sealed class SignEventTests : IAsyncLifetime
{
    private const string Current = "whsec_Y3VycmVudA==";
    private const string Previous = "whsec_cHJldmlvdXM=";
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeMilliseconds(1_768_440_600_123);
    private PaySgParts parts = null!;

    public async Task InitializeAsync() => parts = await PaySgParts.InMemoryAsync();

    public async Task DisposeAsync() => await parts.DisposeAsync();

    [Fact]
    public async Task A_payment_services_event_is_signed_by_each_secret_that_is_valid_in_the_way_of_the_PaySG_API()
    {
        var endpoint = OfService(Current, Previous, validUntil: Now.AddSeconds(1));

        var headers = await SignAsync("payment_service_1", endpoint);

        Assert.Equal("PaySG-Webhooks/1.0", headers!["User-Agent"]);
        Assert.Equal(
            WebhookSignatures.HeadersFor([Current, Previous], "evt_1", "{}"u8, Now).OrderBy(header => header.Key, StringComparer.Ordinal),
            headers.Where(header => header.Key != "User-Agent").OrderBy(header => header.Key, StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_secret_that_was_rotated_long_ago_does_not_sign()
    {
        var headers = await SignAsync("payment_service_1", OfService(Current, Previous, validUntil: Now));

        Assert.Equal(WebhookSignatures.HeadersFor([Current], "evt_1", "{}"u8, Now)["webhook-signature"], headers!["webhook-signature"]);
    }

    [Fact]
    public async Task An_accounts_event_is_signed_by_its_oldest_credential_in_the_way_of_the_Singapay_API()
    {
        var account = await parts.AccountAsync();
        var oldest = await parts.CredentialAsync(account.Id, "the-oldest-secret");
        parts.Clock.Advance(TimeSpan.FromMinutes(1));
        await parts.CredentialAsync(account.Id, "a-newer-secret");

        var headers = await SignAsync(account.Id, WebhookEndpoint.OfAccount(account.Id, "https://merchant.example.com/notify?a=1", Now));

        var token = headers!["Authorization"]["Bearer ".Length..];
        Assert.Matches("^[0-9a-f]{64}$", token);
        Assert.Equal(
            new Dictionary<string, string>
            {
                ["User-Agent"] = "SingaPaymentGateway/1.0",
                ["X-PARTNER-ID"] = oldest.PartnerId,
                ["X-Timestamp"] = "1768440600",
                ["Authorization"] = $"Bearer {token}",
                ["X-Signature"] = SingapaySignature.Of("the-oldest-secret", "/notify?a=1", token, "{}"u8.ToArray(), "1768440600"),
            },
            headers);
    }

    [Fact]
    public async Task An_account_without_a_credential_has_nothing_to_sign_with()
    {
        var account = await parts.AccountAsync();

        Assert.Null(await SignAsync(account.Id, WebhookEndpoint.OfAccount(account.Id, "https://merchant.example.com/notify", Now)));
    }

    private WebhookEndpoint OfService(string current, string previous, DateTimeOffset validUntil)
    {
        var place = SecretPlace.OfWebhook("payment_service_1", "we_1");
        return new WebhookEndpoint
        {
            Id = "we_1",
            OwnerId = "payment_service_1",
            Url = "https://eservice.example.com/hook",
            SubscribedEvents = [EventTypes.All],
            ProtectedSecret = parts.Get<SecretProtector>().Protect(current, place),
            PreviousProtectedSecret = parts.Get<SecretProtector>().Protect(previous, place),
            PreviousSecretExpiresAt = validUntil,
            CreatedAt = Now,
            UpdatedAt = Now,
        };
    }

    private Task<IReadOnlyDictionary<string, string>?> SignAsync(string owner, WebhookEndpoint endpoint) =>
        parts.Make<SignEvent>(typeof(SignEvent)).RunAsync(new WebhookEvent("evt_1", "payment.succeeded", owner, Now, "{}"u8.ToArray()), endpoint, Now);
}
