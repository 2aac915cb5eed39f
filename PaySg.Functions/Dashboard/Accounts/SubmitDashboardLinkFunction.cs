using PaySg.Functions.Access;

namespace PaySg.Functions.Dashboard.Accounts;

/// <summary><c>POST /dashboard/accounts/{account_id}/links/{link_id}</c>: closes a payment link or changes it.</summary>
internal sealed class SubmitDashboardLinkFunction(IApiBoundary api, DashboardDoor door, ChangeLink changeLink, DashboardPages pages)
{
    /// <summary>303 to the link; the form again with what was typed where it was refused; 401 where the sender is signed in no more.</summary>
    [Function("SubmitDashboardLink")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "dashboard/accounts/{accountId:length(26)}/links/{linkId}")] HttpRequest request,
        string accountId,
        string linkId) =>
        api.AnswerAsync(request, call => door.EnterAccountAsync(call, accountId, Permission.View, visit => changeLink.RunAsync(call, visit, linkId)), pages.Error);
}
