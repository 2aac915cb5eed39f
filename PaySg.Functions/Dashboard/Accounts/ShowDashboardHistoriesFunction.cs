using PaySg.Functions.Access;

namespace PaySg.Functions.Dashboard.Accounts;

/// <summary><c>GET /dashboard/accounts/{account_id}/histories</c>: what payers did on the links of an account.</summary>
internal sealed class ShowDashboardHistoriesFunction(IApiBoundary api, DashboardDoor door, ShowHistoryList showHistoryList, DashboardPages pages)
{
    /// <summary>200 and a page; 400 and the filter again where something in it is wrong; 303 to the sign-in.</summary>
    [Function("ShowDashboardHistories")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "dashboard/accounts/{accountId:length(26)}/histories")] HttpRequest request,
        string accountId) =>
        api.AnswerAsync(request, call => door.EnterAccountAsync(call, accountId, Permission.View, visit => showHistoryList.RunAsync(call, visit)), pages.Error);
}
