using PaySg.Functions.Access;

namespace PaySg.Functions.Management.Accounts;

/// <summary><c>GET /management/accounts/{id}</c>: one account, with how its webhooks fare.</summary>
internal sealed class GetAccountFunction(IApiBoundary api, ManagementGate gate, GetAccount getAccount)
{
    /// <summary>200 and the account.</summary>
    [Function("GetAccount")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "management/accounts/{accountId}")] HttpRequest request,
        string accountId) =>
        api.AnswerAsync(request, async call =>
        {
            gate.Authorize(call.Request);
            return await getAccount.RunAsync(call, accountId);
        });
}
