using PaySg.Functions.Access;

namespace PaySg.Functions.Dashboard.Accounts;

/// <summary><c>POST /dashboard/accounts/{account_id}/settings</c>: changes an account, issues a credential or revokes one.</summary>
internal sealed class SubmitAccountSettingsFunction(IApiBoundary api, DashboardDoor door, ChangeAccount changeAccount, DashboardPages pages)
{
    /// <summary>303 to the page; 200 with a new secret; the form again with what was typed where it was refused; 401 where the sender is signed in no more.</summary>
    [Function("SubmitAccountSettings")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "dashboard/accounts/{accountId:length(26)}/settings")] HttpRequest request,
        string accountId) =>
        api.AnswerAsync(request, call => door.EnterAccountAsync(call, accountId, Permission.Administrator, visit => changeAccount.RunAsync(call, visit)), pages.Error);
}
