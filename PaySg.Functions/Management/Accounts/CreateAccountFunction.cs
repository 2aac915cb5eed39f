using PaySg.Functions.Access;

namespace PaySg.Functions.Management.Accounts;

/// <summary><c>POST /management/accounts</c>: creates an account of the Singapay API.</summary>
internal sealed class CreateAccountFunction(IApiBoundary api, ManagementGate gate, CreateAccount createAccount)
{
    /// <summary>201 and the account.</summary>
    [Function("CreateAccount")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "management/accounts")] HttpRequest request) =>
        api.AnswerAsync(request, async call =>
        {
            gate.Authorize(call.Request);
            return await createAccount.RunAsync(call, Actor.Management);
        });
}
