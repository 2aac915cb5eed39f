using PaySg.Functions.Webhooks.Endpoints;
using PaySg.Functions.Webhooks.Recoveries;

namespace PaySg.Functions.Management.Accounts;

/// <summary><c>POST /management/accounts/{id}/deliveries/recover</c>: sends again what was not delivered in a window of time.</summary>
internal sealed class StartAccountRecoveryFunction(IApiBoundary api, AccountGate gate, StartRecovery startRecovery)
{
    /// <summary>202 and the recovery.</summary>
    [Function("StartAccountRecovery")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "management/accounts/{accountId}/deliveries/recover")] HttpRequest request,
        string accountId) =>
        api.AnswerAsync(request, async call =>
            await startRecovery.RunAsync(call, await gate.AuthorizeAsync(call, accountId), WebhookEndpoint.IdOfAccount(accountId)));
}
