using PaySg.Functions.Access;

namespace PaySg.Functions.Dashboard.Accounts;

/// <summary><c>GET /dashboard/accounts/{account_id}/reports/{file}</c>: the histories of a period, as a file.</summary>
internal sealed class GetAccountReportFunction(IApiBoundary api, DashboardDoor door, WriteHistoriesReport writeReport, DashboardPages pages)
{
    /// <summary>200 and the file; 400 and the page of reports where a day is wrong; 303 to the sign-in.</summary>
    [Function("GetAccountReport")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "dashboard/accounts/{accountId:length(26)}/reports/{file}")] HttpRequest request,
        string accountId,
        string file) =>
        api.AnswerAsync(request, call => door.EnterAccountAsync(call, accountId, Permission.View, visit => Task.FromResult(writeReport.Run(call, visit, file))), pages.Error);
}
