using PaySg.Functions.Webhooks.Endpoints;
using PaySg.Functions.Webhooks.Recoveries;

namespace PaySg.Functions.Management.Accounts;

/// <summary><c>GET /management/accounts/{id}/recoveries/{recovery_id}</c>: how far a recovery is.</summary>
internal sealed class GetAccountRecoveryFunction(IApiBoundary api, AccountGate gate, GetRecovery getRecovery)
{
    /// <summary>200 and the recovery.</summary>
    [Function("GetAccountRecovery")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "management/accounts/{accountId}/recoveries/{recoveryId}")] HttpRequest request,
        string accountId,
        string recoveryId) =>
        api.AnswerAsync(request, async call =>
            await getRecovery.RunAsync(call, await gate.AuthorizeAsync(call, accountId), WebhookEndpoint.IdOfAccount(accountId), recoveryId));
}
