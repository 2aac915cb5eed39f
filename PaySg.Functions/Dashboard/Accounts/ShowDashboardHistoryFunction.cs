using PaySg.Functions.Access;

namespace PaySg.Functions.Dashboard.Accounts;

/// <summary><c>GET /dashboard/accounts/{account_id}/histories/{history_id}</c>: one payer’s attempt on a link.</summary>
internal sealed class ShowDashboardHistoryFunction(IApiBoundary api, DashboardDoor door, ShowHistory showHistory, DashboardPages pages)
{
    /// <summary>200 and the page; 303 to the sign-in.</summary>
    [Function("ShowDashboardHistory")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "dashboard/accounts/{accountId:length(26)}/histories/{historyId}")] HttpRequest request,
        string accountId,
        string historyId) =>
        api.AnswerAsync(request, call => door.EnterAccountAsync(call, accountId, Permission.View, visit => showHistory.RunAsync(call, visit, historyId)), pages.Error);
}
