using PaySg.Functions.Access;
using PaySg.Functions.Access.Accounts;

namespace PaySg.Functions.Management.Members;

/// <summary><c>DELETE /management/accounts/{id}/members/{member_id}</c>: removes a member of an account.</summary>
internal sealed class RemoveAccountMemberFunction(IApiBoundary api, ManagementGate gate, RemoveMember removeMember)
{
    /// <summary>204.</summary>
    [Function("RemoveAccountMember")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "management/accounts/{accountId}/members/{memberId}")] HttpRequest request,
        string accountId,
        string memberId) =>
        api.AnswerAsync(request, async call =>
        {
            gate.Authorize(call.Request);
            if (!AccountId.IsValid(accountId))
                throw ApiErrors.AccountNotFound();

            return await removeMember.RunAsync(call, accountId, memberId, Actor.Management);
        });
}
