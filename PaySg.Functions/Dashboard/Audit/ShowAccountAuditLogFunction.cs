using PaySg.Functions.Access;
using PaySg.Functions.Dashboard.Accounts;

namespace PaySg.Functions.Dashboard.Audit;

/// <summary><c>GET /dashboard/accounts/{account_id}/audit</c>: who did what to an account and its links, with a filter.</summary>
internal sealed class ShowAccountAuditLogFunction(IApiBoundary api, DashboardDoor door, ShowAuditLog showLog, AccountPages accountPages, DashboardPages pages)
{
    /// <summary>200 and a page of the log; 400 and the filter again where something in it is wrong; 303 to the sign-in.</summary>
    [Function("ShowAccountAuditLog")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "dashboard/accounts/{accountId:length(26)}/audit")] HttpRequest request,
        string accountId) =>
        api.AnswerAsync(request, call => door.EnterAccountAsync(call, accountId, Permission.Administrator, visit => showLog.RunAsync(call, accountPages.PlaceOf(visit))), pages.Error);
}
