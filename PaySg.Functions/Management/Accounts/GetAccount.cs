using PaySg.Functions.Access.Accounts;
using PaySg.Functions.Platform.Idempotency;
using PaySg.Functions.Webhooks.Endpoints;

namespace PaySg.Functions.Management.Accounts;

/// <summary>Reads one account and, beside it, its webhook endpoint: where the two do not agree about the URL, the endpoint is right.</summary>
internal sealed class GetAccount(AccountStore accounts, WebhookEndpointStore endpoints)
{
    /// <summary>200 and the account.</summary>
    /// <exception cref="ApiException">404.</exception>
    public async Task<ApiAnswer> RunAsync(ApiCall call, string accountId)
    {
        if (!AccountId.IsValid(accountId))
            throw ApiErrors.AccountNotFound();

        var endpointRead = endpoints.FindAsync(accountId, WebhookEndpoint.IdOfAccount(accountId), call.ClientLeft);
        var account = await accounts.FindAsync(accountId, call.ClientLeft).BesideAsync(endpointRead) ?? throw ApiErrors.AccountNotFound();
        var endpoint = (await endpointRead)!.Endpoint;
        return new ApiAnswer(200, AccountJson.Print(account with { TransactionNotifUrl = endpoint.Url.Length > 0 ? endpoint.Url : null }, endpoint));
    }
}
