using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using PaySg.Functions.Access;
using PaySg.Functions.Access.Accounts;
using PaySg.Functions.Access.Tokens;
using PaySg.Functions.Platform.Configuration;
using PaySg.Functions.Platform.Errors;
using PaySg.Functions.Platform.Http;
using PaySg.Functions.Platform.Storage;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Access.Tokens;

[Trait("Category", "Rules")]
public sealed class BearerGateTests : IAsyncLifetime
{
    private PaySgParts parts = null!;
    private Account account = null!;
    private Credential credential = null!;

    public async Task InitializeAsync()
    {
        parts = await PaySgParts.InMemoryAsync();
        account = await parts.AccountAsync();
        credential = await parts.CredentialAsync(account.Id);
        parts.Traffic.Forget();
    }

    public async Task DisposeAsync() => await parts.DisposeAsync();

    [Fact]
    public async Task A_token_lets_its_credential_act_for_its_account()
    {
        Assert.Equal(account, await AuthorizeAsync(account.Id));
        Assert.Equal(account, await parts.Get<BearerGate>().AuthorizeAsync(Call($"Bearer {Token()}", credential.PartnerId)));
        Assert.Equal(account, await parts.Get<BearerGate>().AuthorizeAsync(Call($"bearer  {Token()}", credential.PartnerId)));
    }

    [Fact]
    public async Task Credential_and_account_are_read_once_in_10_seconds()
    {
        await AuthorizeAsync(account.Id);
        Assert.Equal(2, parts.Traffic.Requests.Count);

        parts.Clock.Advance(TimeSpan.FromSeconds(9.9));
        await AuthorizeAsync(account.Id);
        Assert.Equal(2, parts.Traffic.Requests.Count);

        parts.Clock.Advance(TimeSpan.FromSeconds(0.1));
        await AuthorizeAsync(account.Id);
        Assert.Equal(4, parts.Traffic.Requests.Count);
    }

    [Fact]
    public async Task The_account_is_shown_as_it_was_10_seconds_ago_at_most()
    {
        await AuthorizeAsync(account.Id);
        var changed = account with { Status = AccountStatus.Inactive, Name = "Merchant & Sons" };
        await parts.Get<AccountStore>().SaveAsync(changed, CancellationToken.None);

        parts.Clock.Advance(AccessCache.Lifetime);

        Assert.Equal(changed, await AuthorizeAsync(account.Id));
    }

    [Fact]
    public async Task Another_account_is_not_found_be_it_there_or_not()
    {
        var other = await parts.AccountAsync();

        await RefusedAsync(404, "account_not_found", () => AuthorizeAsync(other.Id));
        await RefusedAsync(404, "account_not_found", () => AuthorizeAsync("01ARZ3NDEKTSV4RRFFQ69G5FAV"));
        await RefusedAsync(404, "account_not_found", () => AuthorizeAsync(account.Id.ToLowerInvariant()));
    }

    [Fact]
    public async Task The_partner_id_is_asked_for_first_and_must_be_that_of_the_credential()
    {
        var second = await parts.CredentialAsync(account.Id);

        await RefusedAsync(401, "missing_partner_id", () => WithPartnerAsync(account.Id, null));
        await RefusedAsync(401, "missing_partner_id", () => WithPartnerAsync(account.Id, ""));
        await RefusedAsync(403, "invalid_partner_id", () => WithPartnerAsync(account.Id, second.PartnerId));
        await RefusedAsync(403, "invalid_partner_id", () => WithPartnerAsync(account.Id, credential.PartnerId.ToUpperInvariant()));
        await RefusedAsync(401, "unauthorized", () => WithHeadersAsync(account.Id, "Bearer x", second.PartnerId));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("Bearer a.b.c")]
    [InlineData("Basic ZGVtbzpkZW1v")]
    public async Task Without_a_token_nobody_is_let_in_and_storage_is_not_asked(string? authorization)
    {
        await RefusedAsync(401, "unauthorized", () => WithTokenAsync(account.Id, authorization ?? ""));

        Assert.Empty(parts.Traffic.Requests);
    }

    [Theory]
    [InlineData("unknown")]
    [InlineData("")]
    [InlineData("a/b")]
    [InlineData("a#b?c")]
    [InlineData("01234567890123456789012345678901234567890123456789012345678901234")]
    public async Task A_token_of_an_unknown_client_lets_nobody_in(string clientId)
    {
        var token = parts.Get<AccessTokens>().Issue(clientId, "https://pay.agency.gov.sg");

        await RefusedAsync(401, "unauthorized", () => WithTokenAsync(account.Id, $"Bearer {token}"));
    }

    [Fact]
    public async Task An_expired_token_lets_nobody_in()
    {
        var token = Token();
        parts.Clock.Advance(TimeSpan.FromSeconds(3660));

        await RefusedAsync(401, "unauthorized", () => WithTokenAsync(account.Id, $"Bearer {token}"));
    }

    [Fact]
    public async Task The_published_client_is_let_in_in_a_development_environment_alone()
    {
        var published = new Credential(PublishedKeys.ClientId, account.Id, "p", "Demo", parts.Clock.GetUtcNow());
        await parts.Get<CredentialStore>().IssueAsync(published, "demo-client-secret", new EntityGroup("w"));
        var token = parts.Get<AccessTokens>().Issue(PublishedKeys.ClientId, "https://pay.agency.gov.sg");
        var settings = parts.Get<PaySgSettings>();
        Assert.True(settings.IsDevelopment);
        var deployed = ActivatorUtilities.CreateInstance<BearerGate>(
            new ServiceCollection()
                .AddSingleton(parts.Get<AccessTokens>()).AddSingleton(parts.Get<CredentialStore>()).AddSingleton(parts.Get<AccountStore>())
                .AddSingleton(parts.Get<RateLimits>()).AddSingleton(parts.Get<WrongKeys>()).AddSingleton(settings with { IsDevelopment = false })
                .BuildServiceProvider());

        Assert.Equal(account, await parts.Get<BearerGate>().AuthorizeAsync(Call($"Bearer {token}", "p")));
        await RefusedAsync(401, "unauthorized", () => deployed.AuthorizeAsync(Call($"Bearer {token}", "p")));
        var line = Assert.Single(parts.Log.Of(1301));
        Assert.Equal(("access_token", "published", PublishedKeys.ClientId), (line.Properties["Kind"], line.Properties["Reason"], line.Properties["Key"]));
    }

    [Fact]
    public async Task Calls_are_counted_by_credential()
    {
        var limited = parts.Get<AccessSettings>() with { RequestsPerMinute = 2 };
        var gate = new BearerGate(
            parts.Get<AccessTokens>(), parts.Get<CredentialStore>(), parts.Get<AccountStore>(), new RateLimits(limited, parts.Clock), parts.Get<WrongKeys>(), parts.Get<PaySgSettings>());
        var second = await parts.CredentialAsync(account.Id);
        Task<Account> Authorized(Credential caller) =>
            gate.AuthorizeAsync(Call($"Bearer {parts.Get<AccessTokens>().Issue(caller.ClientId, "https://pay.agency.gov.sg")}", caller.PartnerId));

        await Authorized(credential);
        await Authorized(credential);
        await RefusedAsync(429, "rate_limit_exceeded", () => Authorized(credential));
        await Authorized(second);
    }

    [Fact]
    public async Task What_lets_nobody_in_is_noted_with_the_reason_and_a_token_that_is_over_or_missing_is_not()
    {
        var other = await parts.AccountAsync();
        var gone = parts.Get<CredentialStore>().Prepare(account.Id, "gone");
        string TokenOf(string clientId) => parts.Get<AccessTokens>().Issue(clientId, "https://pay.agency.gov.sg");
        var over = Token();
        parts.Clock.Advance(TimeSpan.FromHours(2));

        await RefusedAsync(401, "unauthorized", () => WithTokenAsync(account.Id, $"Bearer {over}"));
        await RefusedAsync(401, "unauthorized", () => WithTokenAsync(account.Id, ""));
        Assert.Empty(parts.Log.Of(1301));

        await RefusedAsync(401, "unauthorized", () => WithTokenAsync(account.Id, "Bearer forged-token"));
        await RefusedAsync(401, "unauthorized", () => WithTokenAsync(account.Id, $"Bearer {TokenOf(gone.ClientId)}"));
        await RefusedAsync(401, "unauthorized", () => WithTokenAsync(account.Id, $"Bearer {TokenOf("no client id")}"));
        await RefusedAsync(403, "invalid_partner_id", () => WithPartnerAsync(account.Id, "another"));
        await RefusedAsync(404, "account_not_found", () => AuthorizeAsync(other.Id));

        Assert.Equal(
            [
                ("access_token", "forged", MaskedKey.Of("forged-token")),
                ("access_token", "revoked", gone.ClientId),
                ("access_token", "revoked", MaskedKey.Of("no client id")),
                ("partner_id", "unknown", credential.ClientId),
                ("access_token", "another_account", credential.ClientId),
            ],
            parts.Log.Of(1301).Select(line => (line.Properties["Kind"], line.Properties["Reason"], line.Properties["Key"])));
    }

    [Fact]
    public async Task An_account_that_is_not_there_is_not_found()
    {
        var lost = await parts.CredentialAsync("01ARZ3NDEKTSV4RRFFQ69G5FAV");
        var token = parts.Get<AccessTokens>().Issue(lost.ClientId, "https://pay.agency.gov.sg");

        await RefusedAsync(404, "account_not_found", () => parts.Get<BearerGate>().AuthorizeAsync(Call($"Bearer {token}", lost.PartnerId)));
    }

    private static async Task RefusedAsync(int status, string code, Func<Task<Account>> authorize)
    {
        var refusal = await Assert.ThrowsAnyAsync<ApiException>(authorize);
        Assert.Equal((status, code), (refusal.Error.Status, refusal.Error.Code));
    }

    private static ApiCall Call(string? authorization, string? partnerId)
    {
        var request = new DefaultHttpContext().Request;
        request.Headers.Authorization = authorization;
        request.Headers["X-PARTNER-ID"] = partnerId;
        return new ApiCall(request, "req_test");
    }

    private string Token() => parts.Get<AccessTokens>().Issue(credential.ClientId, "https://pay.agency.gov.sg");

    private Task<Account> AuthorizeAsync(string accountId) => WithPartnerAsync(accountId, credential.PartnerId);

    private Task<Account> WithPartnerAsync(string accountId, string? partnerId) => WithHeadersAsync(accountId, $"Bearer {Token()}", partnerId);

    private Task<Account> WithTokenAsync(string accountId, string authorization) => WithHeadersAsync(accountId, authorization, credential.PartnerId);

    private Task<Account> WithHeadersAsync(string accountId, string authorization, string? partnerId) =>
        parts.Get<BearerGate>().AuthorizeAsync(Call(authorization, partnerId), accountId);
}
