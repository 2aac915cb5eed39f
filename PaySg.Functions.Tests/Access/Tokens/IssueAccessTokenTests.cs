using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using PaySg.Functions.Access;
using PaySg.Functions.Access.Accounts;
using PaySg.Functions.Access.Tokens;
using PaySg.Functions.Platform.Configuration;
using PaySg.Functions.Platform.Errors;
using PaySg.Functions.Platform.Http;
using PaySg.Functions.Platform.Storage;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Access.Tokens;

public sealed class IssueAccessTokenTests : IAsyncLifetime
{
    private PaySgParts parts = null!;
    private Account account = null!;

    public async Task InitializeAsync()
    {
        parts = await PaySgParts.StartAsync();
        account = await parts.AccountAsync();
    }

    public async Task DisposeAsync() => await parts.DisposeAsync();

    [Fact]
    public async Task The_published_credential_gets_tokens_in_a_development_environment_alone()
    {
        var published = new Credential(PublishedKeys.ClientId, account.Id, "p", "Demo", parts.Clock.GetUtcNow());
        await parts.Get<CredentialStore>().IssueAsync(published, "demo-client-secret", new EntityGroup("w"));
        parts.Traffic.Forget();

        await RefusedAsync(401, "invalid_credentials", () => AskAsync(published, isDevelopment: false));
        Assert.Empty(parts.Traffic.Requests);
        Assert.Equal(200, (await AskAsync(published)).Status);
    }

    [Fact]
    public async Task Only_who_knows_the_secret_uses_up_the_rate()
    {
        var credential = await parts.CredentialAsync(account.Id);
        var limited = parts.Get<AccessSettings>() with { RequestsPerMinute = 1 };
        var limits = new RateLimits(limited, parts.Clock);

        for (var i = 0; i < 3; i++)
            await RefusedAsync(401, "invalid_credentials", () => AskAsync(credential, limits: limits, proves: false));
        Assert.Equal(200, (await AskAsync(credential, limits: limits)).Status);
        await RefusedAsync(429, "rate_limit_exceeded", () => AskAsync(credential, limits: limits));
    }

    [Fact]
    public async Task A_token_says_how_long_the_setting_lets_it_live()
    {
        var credential = await parts.CredentialAsync(account.Id);

        var answer = await AskAsync(credential, parts.Get<AccessSettings>() with { TokenLifetime = TimeSpan.FromHours(60) });

        Assert.Contains("\"expires_in\":\"216000\"", Encoding.UTF8.GetString(answer.Body.Span), StringComparison.Ordinal);
    }

    private static async Task RefusedAsync(int status, string code, Func<Task<ApiAnswer>> ask)
    {
        var refusal = await Assert.ThrowsAnyAsync<ApiException>(ask);
        Assert.Equal((status, code), (refusal.Error.Status, refusal.Error.Code));
    }

    private Task<ApiAnswer> AskAsync(Credential credential, AccessSettings? access = null, RateLimits? limits = null, bool proves = true, bool isDevelopment = true)
    {
        var settings = parts.Get<PaySgSettings>() with { IsDevelopment = isDevelopment };
        var issue = new IssueAccessToken(
            parts.Get<CredentialStore>(), parts.Get<AccessTokens>(), limits ?? parts.Get<RateLimits>(), parts.Get<WrongKeys>(), access ?? parts.Get<AccessSettings>(), settings, NullLogger<IssueAccessToken>.Instance);
        var request = new DefaultHttpContext().Request;
        request.Headers["X-PARTNER-ID"] = credential.PartnerId;
        request.ContentType = "application/json";
        request.Body = new MemoryStream(Encoding.UTF8.GetBytes(SingapayClient.TokenRequest));
        return issue.RunAsync(new ApiCall(request, "req_test"), credential.ClientId, _ => proves);
    }
}
