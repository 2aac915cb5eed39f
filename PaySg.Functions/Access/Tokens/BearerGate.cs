using PaySg.Functions.Access.Accounts;
using PaySg.Functions.Platform.Http.Singapay;

namespace PaySg.Functions.Access.Tokens;

/// <summary>
/// Lets callers of the Singapay API in by their access token, up to their credential's rate. The token is checked without storage; whether its credential is
/// revoked, and what its account is, is read and remembered for 10 s.
/// </summary>
internal sealed class BearerGate(AccessTokens tokens, CredentialStore credentials, AccountStore accounts, RateLimits limits, WrongKeys wrongKeys, PaySgSettings settings)
{
    private const string Scheme = "Bearer ";

    /// <summary>The account of the path, which must be the one of the caller's credential.</summary>
    /// <exception cref="ApiException">401, 403 (<c>X-PARTNER-ID</c>), 404 (another account), or 429.</exception>
    public async Task<Account> AuthorizeAsync(ApiCall call, string accountId)
    {
        var credential = await CredentialOfAsync(call);
        if (credential.AccountId != accountId)
        {
            wrongKeys.Note(call.Request, WrongKeys.AccessToken, "another_account", credential.ClientId);
            throw SingapayErrors.AccountNotFound();
        }

        return await AccountOfAsync(credential, call);
    }

    /// <summary>The account of the caller's credential, where the path names none.</summary>
    /// <exception cref="ApiException">401, 403 (<c>X-PARTNER-ID</c>), or 429.</exception>
    public async Task<Account> AuthorizeAsync(ApiCall call) => await AccountOfAsync(await CredentialOfAsync(call), call);

    private async Task<Credential> CredentialOfAsync(ApiCall call)
    {
        var partnerId = PartnerId.Read(call.Request);
        var header = call.Request.Headers.Authorization.ToString();
        var token = header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? header[Scheme.Length..].Trim() : "";
        if (await tokens.ReadAsync(token) is not { } clientId)
        {
            // A token that is over is no attempt: clients notice by the answer that they need a new one.
            if (token.Length > 0 && await tokens.ReadAtAnyTimeAsync(token) is null)
                wrongKeys.Note(call.Request, WrongKeys.AccessToken, "forged", MaskedKey.Of(token));

            throw SingapayErrors.Unauthorized();
        }

        if (!settings.IsDevelopment && clientId == PublishedKeys.ClientId)
        {
            wrongKeys.Note(call.Request, WrongKeys.AccessToken, "published", clientId);
            throw SingapayErrors.Unauthorized();
        }

        if (await credentials.RecallAsync(clientId, call.ClientLeft) is not { Credential: var credential })
        {
            wrongKeys.Note(call.Request, WrongKeys.AccessToken, "revoked", CredentialStore.IsClientId(clientId) ? clientId : MaskedKey.Of(clientId));
            throw SingapayErrors.Unauthorized();
        }

        if (!SecretText.AreEqual(partnerId, credential.PartnerId))
        {
            wrongKeys.Note(call.Request, WrongKeys.PartnerId, "unknown", clientId);
            throw SingapayErrors.InvalidPartnerId();
        }

        limits.Count(clientId);
        return credential;
    }

    private async Task<Account> AccountOfAsync(Credential credential, ApiCall call) =>
        await accounts.RecallAsync(credential.AccountId, call.ClientLeft) ?? throw SingapayErrors.AccountNotFound();
}
