using PaySg.Functions.Access;

namespace PaySg.Functions.Dashboard.Accounts;

/// <summary><c>POST /dashboard/accounts/{account_id}/new-link</c>: creates a payment link.</summary>
internal sealed class SubmitNewLinkFunction(IApiBoundary api, DashboardDoor door, SubmitNewLink submit, DashboardPages pages)
{
    /// <summary>303 to the link; the form again with what was typed where something in it is wrong; 401 where the sender is signed in no more.</summary>
    [Function("SubmitNewLink")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "dashboard/accounts/{accountId:length(26)}/new-link")] HttpRequest request,
        string accountId) =>
        api.AnswerAsync(request, call => door.EnterAccountAsync(call, accountId, Permission.Billing, visit => submit.RunAsync(call, visit)), pages.Error);
}
