using PaySg.Functions.Access;

namespace PaySg.Functions.Dashboard.Accounts;

/// <summary><c>GET /dashboard/accounts/{account_id}/links/{link_id}</c>: a payment link and what payers did on it; with a step, a form.</summary>
internal sealed class ShowDashboardLinkFunction(IApiBoundary api, DashboardDoor door, ShowLink showLink, DashboardPages pages)
{
    /// <summary>200 and the page; 303 to the sign-in.</summary>
    [Function("ShowDashboardLink")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "dashboard/accounts/{accountId:length(26)}/links/{linkId}")] HttpRequest request,
        string accountId,
        string linkId) =>
        api.AnswerAsync(request, call => door.EnterAccountAsync(call, accountId, Permission.View, visit => showLink.RunAsync(call, visit, linkId)), pages.Error);
}
