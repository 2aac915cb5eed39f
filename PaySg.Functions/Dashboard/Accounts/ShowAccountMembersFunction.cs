using PaySg.Functions.Access;
using PaySg.Functions.Dashboard.Members;

namespace PaySg.Functions.Dashboard.Accounts;

/// <summary><c>GET /dashboard/accounts/{account_id}/members</c>: who may use the dashboard of an account.</summary>
internal sealed class ShowAccountMembersFunction(IApiBoundary api, DashboardDoor door, ShowMembers showMembers, AccountPages accountPages, DashboardPages pages)
{
    /// <summary>200 and the page; 303 to the sign-in.</summary>
    [Function("ShowAccountMembers")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "dashboard/accounts/{accountId:length(26)}/members")] HttpRequest request,
        string accountId) =>
        api.AnswerAsync(request, call => door.EnterAccountAsync(call, accountId, Permission.Administrator, visit => showMembers.RunAsync(call, accountPages.PlaceOf(visit))), pages.Error);
}
