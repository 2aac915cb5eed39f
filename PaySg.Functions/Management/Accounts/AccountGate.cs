using PaySg.Functions.Access;
using PaySg.Functions.Access.Accounts;

namespace PaySg.Functions.Management.Accounts;

/// <summary>Lets the operator in to what belongs to an account.</summary>
internal sealed class AccountGate(ManagementGate gate, AccountStore accounts)
{
    /// <summary>The operator, on behalf of an account that is there.</summary>
    /// <exception cref="ApiException">401, or 404: no such account, or no management API.</exception>
    public async Task<Caller> AuthorizeAsync(ApiCall call, string accountId)
    {
        gate.Authorize(call.Request);
        _ = await accounts.FindAsync(accountId, call.ClientLeft) ?? throw ApiErrors.AccountNotFound();
        return new Caller(ManagementGate.CallerId, accountId) { By = Actor.Management };
    }
}
