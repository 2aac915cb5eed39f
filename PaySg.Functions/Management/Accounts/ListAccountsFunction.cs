using PaySg.Functions.Access;
using PaySg.Functions.Access.Accounts;
using PaySg.Functions.Management.PaymentServices;

namespace PaySg.Functions.Management.Accounts;

/// <summary><c>GET /management/accounts</c>: all accounts, page by page in the order of their ids: the oldest first.</summary>
internal sealed class ListAccountsFunction(IApiBoundary api, ManagementGate gate, AccountStore accounts)
{
    /// <summary>200 and a page.</summary>
    [Function("ListAccounts")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "management/accounts")] HttpRequest request) =>
        api.AnswerAsync(request, async call =>
        {
            gate.Authorize(call.Request);
            var page = PageRequest.Read(call.Request, AccountId.IsValid);
            var found = await accounts.ListAsync(page.Limit, page.After, call.ClientLeft);
            return new ApiAnswer(200, PageJson.Print(page, found, account => account.Id, AccountJson.WriteListed));
        });
}
