using PaySg.Functions.Access;

namespace PaySg.Functions.Dashboard.Accounts;

/// <summary><c>GET /dashboard/accounts/{account_id}/links</c>: the payment links of an account.</summary>
internal sealed class ShowDashboardLinksFunction(IApiBoundary api, DashboardDoor door, ShowLinkList showLinkList, DashboardPages pages)
{
    /// <summary>200 and a page; 400 where the page is none; 303 to the sign-in.</summary>
    [Function("ShowDashboardLinks")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "dashboard/accounts/{accountId:length(26)}/links")] HttpRequest request,
        string accountId) =>
        api.AnswerAsync(request, call => door.EnterAccountAsync(call, accountId, Permission.View, visit => showLinkList.RunAsync(call, visit)), pages.Error);
}
