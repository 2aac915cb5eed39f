using PaySg.Functions.Access;

namespace PaySg.Functions.Dashboard.Accounts;

/// <summary><c>GET /dashboard/accounts/{account_id}/reports</c>: the files of a period.</summary>
internal sealed class ShowAccountReportsFunction(IApiBoundary api, DashboardDoor door, AccountReportsView view, TimeProvider clock, DashboardPages pages)
{
    /// <summary>200 and the page; 400 and the days again where one is wrong; 303 to the sign-in.</summary>
    [Function("ShowAccountReports")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "dashboard/accounts/{accountId:length(26)}/reports")] HttpRequest request,
        string accountId) =>
        api.AnswerAsync(request, call => door.EnterAccountAsync(call, accountId, Permission.View, visit => Task.FromResult(view.Show(visit, call.Request.Query, clock.GetUtcNow()))), pages.Error);
}
