using PaySg.Functions.Access;

namespace PaySg.Functions.Dashboard.Accounts;

/// <summary><c>GET /dashboard/accounts/{account_id}/settings</c>: what an account is called, and its credentials; with a step, a question.</summary>
internal sealed class ShowAccountSettingsFunction(IApiBoundary api, DashboardDoor door, ShowAccountSettings show, DashboardPages pages)
{
    /// <summary>200 and the page; 303 to the sign-in.</summary>
    [Function("ShowAccountSettings")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "dashboard/accounts/{accountId:length(26)}/settings")] HttpRequest request,
        string accountId) =>
        api.AnswerAsync(request, call => door.EnterAccountAsync(call, accountId, Permission.Administrator, visit => show.RunAsync(call, visit)), pages.Error);
}
