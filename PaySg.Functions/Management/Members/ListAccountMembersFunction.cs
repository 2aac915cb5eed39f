using PaySg.Functions.Access.Members;
using PaySg.Functions.Management.Accounts;
using PaySg.Functions.Management.PaymentServices;

namespace PaySg.Functions.Management.Members;

/// <summary><c>GET /management/accounts/{id}/members</c>: who may use the dashboard of an account, the first invited first.</summary>
internal sealed class ListAccountMembersFunction(IApiBoundary api, AccountGate gate, MemberStore members)
{
    /// <summary>200 and a page.</summary>
    [Function("ListAccountMembers")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "management/accounts/{accountId}/members")] HttpRequest request,
        string accountId) =>
        api.AnswerAsync(request, async call =>
        {
            await gate.AuthorizeAsync(call, accountId);
            var page = PageRequest.Read(call.Request, MemberStore.IsId);
            var found = await members.ListAsync(accountId, page.Limit, page.After, call.ClientLeft);
            return new ApiAnswer(200, PageJson.Print(page, found, member => member.Id, MemberJson.Write));
        });
}
