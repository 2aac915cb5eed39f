using PaySg.Functions.Access;

namespace PaySg.Functions.Management.Accounts;

/// <summary><c>PATCH /management/accounts/{id}</c>: changes an account. An absent field stays; <c>transaction_notif_url</c>, even an unchanged one, is enabled again.</summary>
internal sealed class UpdateAccountFunction(IApiBoundary api, ManagementGate gate, UpdateAccount updateAccount)
{
    /// <summary>200 and the account.</summary>
    [Function("UpdateAccount")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "patch", Route = "management/accounts/{accountId}")] HttpRequest request,
        string accountId) =>
        api.AnswerAsync(request, async call =>
        {
            gate.Authorize(call.Request);
            return await updateAccount.RunAsync(call, accountId, Actor.Management);
        });
}
