using PaySg.Functions.Access;
using PaySg.Functions.Dashboard.Accounts;

namespace PaySg.Functions.Dashboard.Audit;

/// <summary><c>GET /dashboard/accounts/{account_id}/audit/{file}</c>: who did what to an account and its links, as a file.</summary>
internal sealed class GetAccountAuditLogFileFunction(IApiBoundary api, DashboardDoor door, WriteAuditLog writeLog, AccountPages accountPages, DashboardPages pages)
{
    /// <summary>200 and the file; 400 and the page of the log where a day is wrong; 303 to the sign-in.</summary>
    [Function("GetAccountAuditLogFile")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "dashboard/accounts/{accountId:length(26)}/audit/{file}")] HttpRequest request,
        string accountId,
        string file) =>
        api.AnswerAsync(
            request, call => door.EnterAccountAsync(call, accountId, Permission.Administrator, visit => Task.FromResult(writeLog.Run(call, accountPages.PlaceOf(visit), file))), pages.Error);
}
