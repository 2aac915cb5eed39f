using PaySg.Functions.Access;
using PaySg.Functions.Access.Accounts;

namespace PaySg.Functions.Management.Members;

/// <summary><c>POST /management/accounts/{id}/members</c>: invites somebody to the dashboard of an account, or changes their permissions.</summary>
internal sealed class InviteAccountMemberFunction(IApiBoundary api, ManagementGate gate, InviteMember inviteMember)
{
    /// <summary>200 and the member.</summary>
    [Function("InviteAccountMember")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "management/accounts/{accountId}/members")] HttpRequest request,
        string accountId) =>
        api.AnswerAsync(request, async call =>
        {
            gate.Authorize(call.Request);
            if (!AccountId.IsValid(accountId))
                throw ApiErrors.AccountNotFound();

            return await inviteMember.RunAsync(call, accountId, Actor.Management);
        });
}
