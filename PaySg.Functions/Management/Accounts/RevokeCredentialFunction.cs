using PaySg.Functions.Access;

namespace PaySg.Functions.Management.Accounts;

/// <summary><c>DELETE /management/accounts/{id}/credentials/{client_id}</c>: revokes a credential and its tokens, everywhere within 10 s.</summary>
internal sealed class RevokeCredentialFunction(IApiBoundary api, ManagementGate gate, RevokeCredential revokeCredential)
{
    /// <summary>204; the credential is no longer listed.</summary>
    [Function("RevokeCredential")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "management/accounts/{accountId}/credentials/{clientId}")] HttpRequest request,
        string accountId,
        string clientId) =>
        api.AnswerAsync(request, async call =>
        {
            gate.Authorize(call.Request);
            return await revokeCredential.RunAsync(call, accountId, clientId, Actor.Management);
        });
}
