using PaySg.Functions.Management.Accounts;

namespace PaySg.Functions.Management.Audit;

/// <summary><c>GET /management/accounts/{id}/audit-log</c>: what the operator has done to an account, the newest first.</summary>
internal sealed class ListAccountAuditLogFunction(IApiBoundary api, AccountGate gate, ListAuditLog listLog)
{
    /// <summary>200 and a page.</summary>
    [Function("ListAccountAuditLog")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "management/accounts/{accountId}/audit-log")] HttpRequest request,
        string accountId) =>
        api.AnswerAsync(request, async call => await listLog.RunAsync(call, (await gate.AuthorizeAsync(call, accountId)).OwnerId));
}
