using PaySg.Functions.Access.Accounts;
using PaySg.Functions.Platform.Ids;
using PaySg.Functions.Platform.Storage;
using PaySg.Functions.Webhooks.Endpoints;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>Accounts and credentials that exist.</summary>
internal static class IssuedCredentials
{
    public const string Secret = "a-client-secret";

    public static async Task<Account> AccountAsync(this PaySgParts parts)
    {
        var now = parts.Clock.GetUtcNow();
        var account = new Account
        {
            Id = parts.Get<IdGenerator>().NewAccountId(now),
            Name = "Merchant",
            Email = "merchant@example.com",
            Phone = "0812",
            CreatedAt = now,
            UpdatedAt = now,
        };
        await parts.Get<WebhookEndpointStore>().SaveAsync(WebhookEndpoint.OfAccount(account.Id, url: null, now), CancellationToken.None);
        await parts.Get<AccountStore>().SaveAsync(account, CancellationToken.None);
        return account;
    }

    public static async Task<Credential> CredentialAsync(this PaySgParts parts, string accountId, string secret = Secret)
    {
        var credential = parts.Get<CredentialStore>().Prepare(accountId, "test");
        Assert.Null(await parts.Get<CredentialStore>().IssueAsync(credential, secret, new EntityGroup(parts.Get<IdGenerator>().NewWriteId())));
        return credential;
    }
}
