using PaySg.Functions.Access.Accounts;
using PaySg.Functions.Platform.Http.Singapay;

namespace PaySg.Functions.Access.Tokens;

/// <summary>
/// What every function of the Singapay API runs inside: errors have Singapay's shape, and the caller is let in by the access token before the body runs.
/// </summary>
internal sealed class SingapayBoundary(IApiBoundary api, BearerGate gate)
{
    /// <summary>A call of the account in the path, which must be the caller's own.</summary>
    public Task<IResult> AnswerAsync(HttpRequest request, string accountId, Func<ApiCall, Account, Task<ApiAnswer>> body) =>
        AnyoneAsync(request, async call => await body(call, await gate.AuthorizeAsync(call, accountId)));

    /// <summary>A call of the caller's account, where the path names none.</summary>
    public Task<IResult> AnswerAsync(HttpRequest request, Func<ApiCall, Account, Task<ApiAnswer>> body) =>
        AnyoneAsync(request, async call => await body(call, await gate.AuthorizeAsync(call)));

    /// <summary>A call that needs no access token: the one that asks for a token.</summary>
    public Task<IResult> AnyoneAsync(HttpRequest request, Func<ApiCall, Task<ApiAnswer>> body) => api.AnswerAsync(request, body, SingapayAnswer.OfError);
}
