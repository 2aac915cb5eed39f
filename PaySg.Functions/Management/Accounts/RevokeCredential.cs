using PaySg.Functions.Access;
using PaySg.Functions.Access.Accounts;
using PaySg.Functions.Access.Audit;
using PaySg.Functions.Platform.Idempotency;

namespace PaySg.Functions.Management.Accounts;

/// <summary>
/// Revokes a credential: first nobody gets in by it any more, then it leaves the list. A request that stops in between leaves a credential that is
/// listed and dead, and may be sent again. Instances that let its tokens in before may do so for as long as <see cref="AccessCache.Lifetime"/>.
/// </summary>
internal sealed class RevokeCredential(
    PaySgTables tables,
    AccountStore accounts,
    CredentialStore credentials,
    KeyedCalls keyedCalls,
    IdGenerator ids,
    TimeProvider clock,
    ILogger<RevokeCredential> log)
{
    private static readonly ApiAnswer Revoked = new(204, ReadOnlyMemory<byte>.Empty);

    /// <summary>204.</summary>
    /// <exception cref="ApiException">400 (idempotency key), or 404: no such account or credential, revoked ones included.</exception>
    public async Task<ApiAnswer> RunAsync(ApiCall call, string accountId, string clientId, Actor by)
    {
        var keyed = keyedCalls.Of(call, by.InAccess(tables, accountId), RequestParameters.None);
        if (!AccountId.IsValid(accountId))
            throw ApiErrors.AccountNotFound();

        return await keyed.ReplayOrRefuseAsync(() => RevokeAsync(call, keyed, accountId, clientId, by));
    }

    private async Task<ApiAnswer> RevokeAsync(ApiCall call, KeyedCall keyed, string accountId, string clientId, Actor by)
    {
        var recordRead = keyed.FindAnswerAsync();
        var listedRead = FindListedAsync(accountId, clientId, call.ClientLeft);
        _ = await accounts.FindAsync(accountId, call.ClientLeft).BesideAsync(Task.WhenAll(recordRead, listedRead)) ?? throw ApiErrors.AccountNotFound();
        if (await recordRead is { } replay)
            return replay;

        var credential = await listedRead ?? throw ApiErrors.CredentialNotFound();
        await credentials.CloseAsync(credential);
        Log.CredentialRevoked(log, clientId, accountId);

        var group = new EntityGroup(ids.NewWriteId());
        var now = clock.NowInMilliseconds();
        keyed.AddTo(group, Revoked, now);
        group
            .Delete(accountId, AccountRows.ListedKey(clientId))
            .Audit(by, accountId, now, AuditAction.CredentialRevoked, clientId, new AuditChange("label", credential.Label, null));
        if (await tables.Access.SubmitAsync(group, CancellationToken.None) is WriteResult.Conflict && keyed.Request is not null)
            throw ApiErrors.CredentialNotFound();

        // Without a key a conflict means that the row is gone, by our own first try or by somebody else's: revoked either way.
        return Revoked;
    }

    private async Task<Credential?> FindListedAsync(string accountId, string clientId, CancellationToken cancellationToken)
    {
        if (!CredentialStore.IsClientId(clientId))
            return null;

        var row = await tables.Access.FindAsync(accountId, AccountRows.ListedKey(clientId), cancellationToken);
        return row is null ? null : AccountRows.ReadCredential(row);
    }
}
