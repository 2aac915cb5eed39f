using PaySg.Functions.Access.Accounts;
using PaySg.Functions.Platform.Idempotency;

namespace PaySg.Functions.Dashboard.Accounts;

/// <summary>Shows an account and its credentials, or the question of a step.</summary>
internal sealed class ShowAccountSettings(AccountStore accounts, CredentialStore credentials, AccountSettingsView view)
{
    private const int Limit = 100;

    /// <summary>200 and the page.</summary>
    /// <exception cref="ApiException">400 for a place in the list of credentials that is none; 404.</exception>
    public async Task<ApiAnswer> RunAsync(ApiCall call, AccountVisit visit)
    {
        var query = call.Request.Query;
        ListAddress.Require(query, "step", AccountSettingsView.Client, "done", ListAddress.After);
        var clientId = query[AccountSettingsView.Client].ToString();
        if (query["step"] == AccountSettingsView.Revoke && CredentialStore.IsClientId(clientId))
            return view.ConfirmRevoke(visit, clientId);

        var after = ListAddress.ReadAfter(query, CredentialStore.IsClientId);
        var done = query["done"].ToString();
        return await PrintAsync(200, visit, after, typed: null, [], refusal: null, done is AccountSettingsView.Save or AccountSettingsView.Revoke ? done : null, call.ClientLeft);
    }

    /// <summary>The page with what was typed, and why it was refused.</summary>
    public Task<ApiAnswer> RefuseAsync(int status, AccountVisit visit, Func<string, string> typed, IReadOnlyList<FieldError> errors, string? refusal) =>
        PrintAsync(status, visit, after: null, typed, errors, refusal, done: null, CancellationToken.None);

    private async Task<ApiAnswer> PrintAsync(
        int status, AccountVisit visit, string? after, Func<string, string>? typed, IReadOnlyList<FieldError> errors, string? refusal, string? done, CancellationToken cancellationToken)
    {
        var listRead = credentials.ListAsync(visit.Account.Id, Limit, after, cancellationToken);
        var account = await accounts.FindAsync(visit.Account.Id, cancellationToken).BesideAsync(listRead) ?? throw ApiErrors.AccountNotFound();
        return view.Print(status, visit, account, await listRead, Limit, typed ?? (name => AccountSettingsView.FieldOf(account, name)), errors, refusal, done);
    }
}
