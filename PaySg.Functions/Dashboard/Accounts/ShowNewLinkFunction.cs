using PaySg.Functions.Access;

namespace PaySg.Functions.Dashboard.Accounts;

/// <summary><c>GET /dashboard/accounts/{account_id}/new-link</c>: the form of a new payment link.</summary>
internal sealed class ShowNewLinkFunction(IApiBoundary api, DashboardDoor door, LinkFormView view, DashboardPages pages)
{
    /// <summary>200 and the form; 303 to the sign-in.</summary>
    [Function("ShowNewLink")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "dashboard/accounts/{accountId:length(26)}/new-link")] HttpRequest request,
        string accountId) =>
        api.AnswerAsync(request, call => door.EnterAccountAsync(call, accountId, Permission.Billing, visit => Task.FromResult(view.Blank(visit))), pages.Error);
}
