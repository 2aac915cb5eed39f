using PaySg.Functions.Access.Accounts;
using PaySg.Functions.Management.PaymentServices;

namespace PaySg.Functions.Management.Accounts;

/// <summary><c>GET /management/accounts/{id}/credentials</c>: the credentials that are not revoked, page by page in the order of their client ids: the oldest first.</summary>
internal sealed class ListCredentialsFunction(IApiBoundary api, AccountGate gate, CredentialStore credentials)
{
    /// <summary>200 and a page, without secrets.</summary>
    [Function("ListCredentials")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "management/accounts/{accountId}/credentials")] HttpRequest request,
        string accountId) =>
        api.AnswerAsync(request, async call =>
        {
            await gate.AuthorizeAsync(call, accountId);
            var page = PageRequest.Read(call.Request, CredentialStore.IsClientId);
            var found = await credentials.ListAsync(accountId, page.Limit, page.After, call.ClientLeft);
            return new ApiAnswer(200, PageJson.Print(page, found, credential => credential.ClientId, CredentialJson.WriteListed));
        });
}
