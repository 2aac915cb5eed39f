using PaySg.Functions.Access;

namespace PaySg.Functions.Management.Accounts;

/// <summary><c>POST /management/accounts/{id}/credentials</c>: issues a credential.</summary>
internal sealed class CreateCredentialFunction(IApiBoundary api, ManagementGate gate, CreateCredential createCredential)
{
    /// <summary>201 and the credential with its secret, shown this once.</summary>
    [Function("CreateCredential")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "management/accounts/{accountId}/credentials")] HttpRequest request,
        string accountId) =>
        api.AnswerAsync(request, async call =>
        {
            gate.Authorize(call.Request);
            return await createCredential.RunAsync(call, accountId, Actor.Management);
        });
}
