namespace PaySg.Functions.Access.Accounts;

/// <summary>
/// Issues, finds and closes credentials. A credential is two rows in two partitions, as an API key is: its account's list, and its client id,
/// which lets it in. Issuing writes the list first and only inserts the other; revoking first marks that one as revoked and then takes the credential
/// off the list. So whatever crashes or overlaps, a credential that lets anybody in is on its account's list, and a revoked one stays revoked.
/// </summary>
internal sealed class CredentialStore(PaySgTables tables, AccessCache cache, SecretProtector protector, IdGenerator ids, TimeProvider clock)
{
    private const int LongestClientId = 64;

    /// <summary>A new credential of the account. It exists once it is issued.</summary>
    public Credential Prepare(string accountId, string label) =>
        new(ids.NewClientId(), accountId, ids.NewPartnerId(), label, clock.NowInMilliseconds());

    /// <summary>Lists the credential and lets its client in.</summary>
    /// <param name="credential">The credential.</param>
    /// <param name="secret">Its secret, which is stored encrypted.</param>
    /// <param name="list">What is to be written together with the credential's place on the list, before it; empty: nothing.</param>
    /// <returns>Null, or the conflict that prevented it.</returns>
    public async Task<WriteResult.Conflict?> IssueAsync(Credential credential, string secret, EntityGroup list)
    {
        if (await tables.Access.SubmitAsync(list.Insert(AccountRows.WriteListed(credential)), CancellationToken.None) is WriteResult.Conflict conflict)
            return conflict;

        await LetInAsync(credential, secret);
        return null;
    }

    /// <summary>The second step of issuing, once the credential is on its list. Where somebody saw it there and revoked it already, it stays revoked.</summary>
    public Task LetInAsync(Credential credential, string secret)
    {
        var stored = new StoredCredential(credential, protector.Protect(secret, PlaceOf(credential)));
        return tables.Access.SubmitAsync(new EntityGroup(ids.NewWriteId()).Insert(AccountRows.Write(stored)), CancellationToken.None);
    }

    /// <summary>The credential as it was at most <see cref="AccessCache.Lifetime"/> ago; null: there is none, or it is revoked.</summary>
    public Task<StoredCredential?> RecallAsync(string clientId, CancellationToken cancellationToken) =>
        cache.GetAsync(AccountRows.ClientPartition(clientId), AccessCache.Lifetime, () => FindAsync(clientId, cancellationToken));

    /// <summary>
    /// The account's oldest credential that is not revoked, as it was at most <see cref="AccessCache.Lifetime"/> ago: the account's webhooks are signed with its
    /// secret. Null: there is none.
    /// </summary>
    public Task<StoredCredential?> RecallOldestAsync(string accountId, CancellationToken cancellationToken) =>
        cache.GetAsync($"oldest-{AccountRows.CredentialPrefix}{accountId}", AccessCache.Lifetime, () => FindOldestAsync(accountId, cancellationToken));

    /// <summary>The first step of revoking: from now on nobody who reads the credential gets in.</summary>
    public async Task CloseAsync(Credential credential)
    {
        await tables.Access.PutAsync(AccountRows.WriteRevoked(credential, clock.NowInMilliseconds()), CancellationToken.None);
        cache.Forget(AccountRows.ClientPartition(credential.ClientId));
    }

    /// <summary>One page of an account's credentials and one more, where there is one, in the order of their client ids.</summary>
    public async Task<IReadOnlyList<Credential>> ListAsync(string accountId, int limit, string? after, CancellationToken cancellationToken)
    {
        var filter = after is null
            ? RowKeys.Prefix(accountId, AccountRows.CredentialPrefix)
            : RowKeys.PrefixAfter(accountId, AccountRows.CredentialPrefix, AccountRows.ListedKey(after));
        return [.. (await tables.Access.FirstAsync(filter, limit + 1, cancellationToken)).Select(AccountRows.ReadCredential)];
    }

    /// <summary>Whether the text may be a client id. What comes from outside becomes a key of a row: only what needs no escaping there.</summary>
    public static bool IsClientId(string? clientId) =>
        clientId?.Length is > 0 and <= LongestClientId && clientId.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.');

    /// <summary>The secret that a client proves to know, and that its account's webhooks are signed with.</summary>
    public string SecretOf(StoredCredential stored) => protector.Unprotect(stored.ProtectedSecret, PlaceOf(stored.Credential));

    private static SecretPlace PlaceOf(Credential credential) => SecretPlace.OfClient(credential.AccountId, AccountRows.ClientPartition(credential.ClientId));

    private async Task<StoredCredential?> FindAsync(string clientId, CancellationToken cancellationToken)
    {
        if (!IsClientId(clientId))
            return null;

        var row = await tables.Access.FindAsync(AccountRows.ClientPartition(clientId), AccountRows.Client, cancellationToken);
        return row is not null && !AccountRows.IsRevoked(row) ? AccountRows.ReadStored(row) : null;
    }

    private async Task<StoredCredential?> FindOldestAsync(string accountId, CancellationToken cancellationToken)
    {
        var listed = new List<Credential>();
        await foreach (var row in tables.Access.QueryAsync<TableEntity>(
            RowKeys.Prefix(accountId, AccountRows.CredentialPrefix), cancellationToken: cancellationToken))
        {
            listed.Add(AccountRows.ReadCredential(row));
        }

        // One that is listed and dead was revoked, or issued, by a request that stopped half-way.
        foreach (var credential in listed.OrderBy(credential => credential.CreatedAt).ThenBy(credential => credential.ClientId, StringComparer.Ordinal))
        {
            if (await FindAsync(credential.ClientId, cancellationToken) is { } stored)
                return stored;
        }

        return null;
    }
}
