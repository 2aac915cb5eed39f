using PaySg.Functions.Access;
using PaySg.Functions.Dashboard.Members;

namespace PaySg.Functions.Dashboard.Accounts;

/// <summary><c>POST /dashboard/accounts/{account_id}/members</c>: invites a member of an account, changes what they may do, or removes them.</summary>
internal sealed class SubmitAccountMembersFunction(IApiBoundary api, DashboardDoor door, ChangeMember changeMember, AccountPages accountPages, DashboardPages pages)
{
    /// <summary>303 to the members; the form again with what was typed where it was refused; 401 where the sender is signed in no more.</summary>
    [Function("SubmitAccountMembers")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "dashboard/accounts/{accountId:length(26)}/members")] HttpRequest request,
        string accountId) =>
        api.AnswerAsync(request, call => door.EnterAccountAsync(call, accountId, Permission.Administrator, visit => changeMember.RunAsync(call, accountPages.PlaceOf(visit))), pages.Error);
}
