using System.Globalization;
using System.Text.Json;
using Azure;
using PaySg.Functions.Access;
using PaySg.Functions.Access.Accounts;
using PaySg.Functions.Webhooks.Endpoints;

namespace PaySg.LocalHost.Demo;

/// <summary>
/// Finds out which endpoint a webhook was sent to, by the secret under which its signature verifies. LocalHost shares the app's storage and encryption key, so
/// nobody needs to tell it a secret.
/// </summary>
internal sealed class InboxSignatures(WebhookEndpointStore endpoints, SecretProtector protector, AccountStore accounts, CredentialStore credentials, TimeProvider clock)
{
    // A laptop has a handful.
    private const int Accounts = 1000;

    /// <summary>The webhook with what was found of it.</summary>
    public async Task<ReceivedWebhook> CheckAsync(ReceivedWebhook webhook, CancellationToken cancellationToken)
    {
        try
        {
            return SignatureCheck.IsSingapay(webhook)
                ? await AsSingapayAsync(webhook, cancellationToken)
                : await AsPaySgAsync(webhook, cancellationToken);
        }
        catch (RequestFailedException)
        {
            // Storage is away: the webhook is taken, and nothing is known of its signature.
            return webhook;
        }
    }

    private async Task<ReceivedWebhook> AsPaySgAsync(ReceivedWebhook webhook, CancellationToken cancellationToken)
    {
        if (OwnerIn(webhook) is { } ownerId)
        {
            foreach (var (endpoint, _) in await endpoints.ListAllAsync(ownerId, cancellationToken))
            {
                foreach (var secret in endpoint.SecretsAt(clock.GetUtcNow()).Select(secret => protector.Unprotect(secret, SecretPlace.OfWebhook(endpoint.OwnerId, endpoint.Id))))
                {
                    var (paySg, standard) = (SignatureCheck.PaySg(webhook, secret), SignatureCheck.StandardWebhooks(webhook, secret));
                    if (paySg || standard)
                        return webhook with { EndpointId = endpoint.Id, PaySgValid = paySg, StandardValid = standard };
                }
            }
        }

        return webhook with { PaySgValid = false, StandardValid = false };
    }

    private async Task<ReceivedWebhook> AsSingapayAsync(ReceivedWebhook webhook, CancellationToken cancellationToken)
    {
        var number = AccountIn(webhook);
        var all = await accounts.ListAsync(Accounts, after: null, cancellationToken);

        // The account that the body names, then the others: the signature decides.
        foreach (var account in all.OrderByDescending(each => AccountId.ToNumber(each.Id) == number))
        {
            if (await credentials.RecallOldestAsync(account.Id, cancellationToken) is { } credential && SignatureCheck.Singapay(webhook, credentials.SecretOf(credential)))
                return webhook with { EndpointId = WebhookEndpoint.IdOfAccount(account.Id), SingapayValid = true };
        }

        return webhook with { SingapayValid = false };
    }

    private static string? OwnerIn(ReceivedWebhook webhook) =>
        webhook.Json is { ValueKind: JsonValueKind.Object } body
        && body.TryGetProperty("payment_service_id", out var owner) && owner.ValueKind == JsonValueKind.String && PaymentServiceStore.IsId(owner.GetString())
            ? owner.GetString()
            : null;

    private static long? AccountIn(ReceivedWebhook webhook)
    {
        if (webhook.Json is not { } at)
            return null;
        foreach (var name in (string[])["data", "payment", "additional_info", "payment_link", "account_id"])
        {
            if (at.ValueKind != JsonValueKind.Object || !at.TryGetProperty(name, out at))
                return null;
        }

        return long.TryParse(at.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
    }
}
