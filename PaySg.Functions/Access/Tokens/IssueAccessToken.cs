using PaySg.Functions.Access.Accounts;
using PaySg.Functions.Platform.Http.Singapay;

namespace PaySg.Functions.Access.Tokens;

/// <summary>Issues access tokens to clients that prove to know their secret.</summary>
internal sealed class IssueAccessToken(
    CredentialStore credentials, AccessTokens tokens, RateLimits limits, WrongKeys wrongKeys, AccessSettings access, PaySgSettings settings, ILogger<IssueAccessToken> log)
{
    /// <summary>200 and a token.</summary>
    /// <param name="call">The call, whose body must ask for the grant <c>client_credentials</c>.</param>
    /// <param name="clientId">The client's id; null: the call names none.</param>
    /// <param name="proves">Whether the call proves to know this secret.</param>
    /// <exception cref="ApiException">400, 401, 403, 413, 415, 422 or 429.</exception>
    public async Task<ApiAnswer> RunAsync(ApiCall call, string? clientId, Func<string, bool> proves)
    {
        var partnerId = PartnerId.Read(call.Request);
        await GrantType.RequireClientCredentialsAsync(call);
        if (string.IsNullOrEmpty(clientId))
            throw SingapayErrors.InvalidCredentials();

        if (!settings.IsDevelopment && clientId == PublishedKeys.ClientId)
            throw Wrong("published", clientId);

        if (await credentials.RecallAsync(clientId, call.ClientLeft) is not { } stored)
            throw Wrong("unknown_client", MaskedKey.Of(clientId));

        if (!proves(credentials.SecretOf(stored)))
            throw Wrong("wrong_secret", clientId);

        if (!SecretText.AreEqual(partnerId, stored.Credential.PartnerId))
        {
            wrongKeys.Note(call.Request, WrongKeys.PartnerId, "unknown", clientId);
            throw SingapayErrors.InvalidPartnerId();
        }

        // Only who knows the secret is counted: nobody else can use up a client's rate.
        limits.Count(clientId);
        var token = tokens.Issue(clientId, settings.PublicBaseUrl + call.Request.Path);
        Log.AccessTokenIssued(log, clientId, stored.Credential.AccountId);
        return SingapayAnswer.Of(json =>
        {
            json.WriteStartObject();
            json.WriteString("access_token", token);
            json.WriteString("token_type", "Bearer");
            json.WriteString("expires_in", ((long)access.TokenLifetime.TotalSeconds).ToString(CultureInfo.InvariantCulture));
            json.WriteEndObject();
        });

        ApiException Wrong(string reason, string shown)
        {
            wrongKeys.Note(call.Request, WrongKeys.Credential, reason, shown);
            return SingapayErrors.InvalidCredentials();
        }
    }
}
