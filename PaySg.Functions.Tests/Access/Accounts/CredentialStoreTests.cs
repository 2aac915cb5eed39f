using PaySg.Functions.Access;
using PaySg.Functions.Access.Accounts;
using PaySg.Functions.Platform.Ids;
using PaySg.Functions.Platform.Storage;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Access.Accounts;

public sealed class CredentialStoreTests : IAsyncLifetime
{
    private PaySgParts parts = null!;
    private Account account = null!;

    private CredentialStore Credentials => parts.Get<CredentialStore>();

    public async Task InitializeAsync()
    {
        parts = await PaySgParts.StartAsync();
        account = await parts.AccountAsync();
        parts.Traffic.Forget();
    }

    public async Task DisposeAsync() => await parts.DisposeAsync();

    [Fact]
    public async Task The_oldest_credential_that_is_not_revoked_signs()
    {
        // Its id sorts last: age counts, not the order of ids.
        var oldest = new Credential("zzz", account.Id, "p", "first", parts.Clock.GetUtcNow());
        await Credentials.IssueAsync(oldest, "s1", Group());
        parts.Clock.Advance(TimeSpan.FromSeconds(1));
        var second = await parts.CredentialAsync(account.Id, "s2");

        Assert.Equal("s1", Credentials.SecretOf((await OldestAsync())!));

        await Credentials.CloseAsync(oldest);
        parts.Clock.Advance(AccessCache.Lifetime);
        var next = await OldestAsync();
        Assert.Equal((second, "s2"), (next!.Credential, Credentials.SecretOf(next)));

        await Credentials.CloseAsync(second);
        parts.Clock.Advance(AccessCache.Lifetime);
        Assert.Null(await OldestAsync());
    }

    [Fact]
    public async Task The_oldest_is_read_by_two_requests_and_remembered_for_10_seconds()
    {
        await parts.CredentialAsync(account.Id);
        parts.Traffic.Forget();

        await OldestAsync();
        Assert.Equal(2, parts.Traffic.Requests.Count);
        parts.Clock.Advance(TimeSpan.FromSeconds(9.9));
        await OldestAsync();
        Assert.Equal(2, parts.Traffic.Requests.Count);
        parts.Clock.Advance(TimeSpan.FromSeconds(0.1));
        await OldestAsync();
        Assert.Equal(4, parts.Traffic.Requests.Count);
    }

    [Fact]
    public async Task An_account_without_a_credential_has_none_and_that_is_not_remembered()
    {
        Assert.Null(await OldestAsync());
        var credential = await parts.CredentialAsync(account.Id);

        Assert.Equal(credential, (await OldestAsync())!.Credential);
    }

    [Fact]
    public async Task A_secret_is_worth_nothing_in_the_row_of_another_client()
    {
        var credential = await parts.CredentialAsync(account.Id);
        var stored = (await Credentials.RecallAsync(credential.ClientId, CancellationToken.None))!;
        Assert.Equal(IssuedCredentials.Secret, Credentials.SecretOf(stored));

        Assert.ThrowsAny<System.Security.Cryptography.CryptographicException>(
            () => Credentials.SecretOf(stored with { Credential = credential with { ClientId = "another" } }));
    }

    [Fact]
    public async Task A_client_id_is_taken_once()
    {
        var credential = await parts.CredentialAsync(account.Id, "s1");
        await Credentials.IssueAsync(credential, "s2", Group());

        Assert.Equal("s1", Credentials.SecretOf((await Credentials.RecallAsync(credential.ClientId, CancellationToken.None))!));
    }

    private EntityGroup Group() => new(parts.Get<IdGenerator>().NewWriteId());

    private Task<StoredCredential?> OldestAsync() => Credentials.RecallOldestAsync(account.Id, CancellationToken.None);
}
