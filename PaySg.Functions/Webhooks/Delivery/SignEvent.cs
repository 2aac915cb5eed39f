using PaySg.Functions.Access;
using PaySg.Functions.Access.Accounts;
using PaySg.Functions.Events;
using PaySg.Functions.Webhooks.Endpoints;
using PaySg.Functions.Webhooks.Signing;

namespace PaySg.Functions.Webhooks.Delivery;

/// <summary>
/// Makes the headers that prove where an event comes from: those of the PaySG API for a payment service, those of the Singapay API for an account. They are made
/// anew for each attempt.
/// </summary>
internal sealed class SignEvent(SecretProtector protector, CredentialStore credentials, IRandomSource random)
{
    private const string UserAgent = "User-Agent";
    private const int TokenLength = 32;

    /// <summary>The headers; null: the event is an account's that has no credential to sign with.</summary>
    public async Task<IReadOnlyDictionary<string, string>?> RunAsync(WebhookEvent webhookEvent, WebhookEndpoint endpoint, DateTimeOffset now)
    {
        return OwnerIds.KindOf(endpoint.OwnerId) == OwnerKind.Account
            ? await AsSingapayAsync(webhookEvent, endpoint, now)
            : AsPaySg(webhookEvent, endpoint, now);
    }

    private Dictionary<string, string> AsPaySg(WebhookEvent webhookEvent, WebhookEndpoint endpoint, DateTimeOffset now)
    {
        var place = SecretPlace.OfWebhook(endpoint.OwnerId, endpoint.Id);
        var secrets = endpoint.SecretsAt(now).Select(secret => protector.Unprotect(secret, place)).ToList();
        return new(WebhookSignatures.HeadersFor(secrets, webhookEvent.Id, webhookEvent.Body.Span, now)) { [UserAgent] = "PaySG-Webhooks/1.0" };
    }

    private async Task<IReadOnlyDictionary<string, string>?> AsSingapayAsync(WebhookEvent webhookEvent, WebhookEndpoint endpoint, DateTimeOffset now)
    {
        if (await credentials.RecallOldestAsync(endpoint.OwnerId, CancellationToken.None) is not { } stored)
            return null;

        var token = Convert.ToHexStringLower(random.Bytes(TokenLength));
        var timestamp = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var path = new Uri(endpoint.Url).PathAndQuery;
        return new Dictionary<string, string>
        {
            [UserAgent] = "SingaPaymentGateway/1.0",
            ["X-PARTNER-ID"] = stored.Credential.PartnerId,
            ["X-Timestamp"] = timestamp,
            ["Authorization"] = $"Bearer {token}",
            ["X-Signature"] = SingapaySignature.Of(credentials.SecretOf(stored), path, token, webhookEvent.Body, timestamp),
        };
    }
}
