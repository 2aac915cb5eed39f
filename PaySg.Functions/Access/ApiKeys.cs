namespace PaySg.Functions.Access;

/// <summary>
/// Issues, lists and revokes API keys. A key is two rows in two partitions: the owner's list, and the secret's hash that lets it in. Issuing
/// writes the list first and only inserts the hash; revoking first marks the hash as revoked and then takes the key off the list. So
/// whatever crashes or overlaps, a key that lets anybody in is on its owner's list, and a revoked one stays revoked.
/// </summary>
internal sealed class ApiKeys(PaySgTables tables, IdGenerator ids, TimeProvider clock)
{
    /// <summary>A new key of the payment service. It exists once it is issued.</summary>
    public ApiKey Prepare(PaymentService service, string label, Permission permissions) =>
        new ApiKey(ids.NewApiKeyId(), service.Id, service.Code, ids.NewCreatorId(), permissions, label, clock.NowInMilliseconds());

    /// <summary>Lists the key and lets its secret in.</summary>
    /// <param name="key">The key.</param>
    /// <param name="secret">Its secret, of which only the hash is stored.</param>
    /// <param name="list">What is to be written together with the key's place on the list, before it; empty: nothing.</param>
    /// <returns>Null, or the conflict that prevented it.</returns>
    public async Task<WriteResult.Conflict?> IssueAsync(ApiKey key, string secret, EntityGroup list)
    {
        if (await tables.Access.SubmitAsync(list.Insert(WriteListed(key, secret)), CancellationToken.None) is WriteResult.Conflict conflict)
            return conflict;

        await LetInAsync(key, secret);
        return null;
    }

    /// <summary>The first step of issuing: the key's place on its owner's list, with what the owner recognises it by.</summary>
    public static TableEntity WriteListed(ApiKey key, string secret) => AccessRows.WriteListed(key with { Mask = MaskedKey.Of(secret) }, AccessRows.HashOf(secret));

    /// <summary>The second step of issuing, once the key is on its list. Where somebody saw it there and revoked it already, it stays revoked.</summary>
    public Task LetInAsync(ApiKey key, string secret) =>
        tables.Access.SubmitAsync(new EntityGroup(ids.NewWriteId()).Insert(AccessRows.Write(key, AccessRows.HashOf(secret))), CancellationToken.None);

    /// <summary>The first step of revoking: from now on nobody who reads the hash gets in.</summary>
    public async Task CloseAsync(string hash, string keyId) =>
        await tables.Access.PutAsync(AccessRows.WriteRevoked(hash, keyId, clock.NowInMilliseconds()), CancellationToken.None);

    /// <summary>One page of a payment service's keys and one more, where there is one, in the order of their ids: the oldest first.</summary>
    public async Task<IReadOnlyList<ApiKey>> ListAsync(string paymentServiceId, int limit, string? after, CancellationToken cancellationToken)
    {
        var filter = after is null
            ? RowKeys.Prefix(paymentServiceId, AccessRows.ListedKeyPrefix)
            : RowKeys.PrefixAfter(paymentServiceId, AccessRows.ListedKeyPrefix, AccessRows.ListedKey(after));
        return [.. (await tables.Access.FirstAsync(filter, limit + 1, cancellationToken)).Select(AccessRows.ReadKey)];
    }

    /// <summary>A key of the payment service's list; null: there is none of this id, or it is revoked.</summary>
    public async Task<ApiKey?> FindAsync(string paymentServiceId, string keyId, CancellationToken cancellationToken) =>
        IsId(keyId) && await tables.Access.FindAsync(paymentServiceId, AccessRows.ListedKey(keyId), cancellationToken) is { } row ? AccessRows.ReadKey(row) : null;

    /// <summary>A key of the payment service that was revoked; null: there is none of this id, or it is not revoked.</summary>
    public async Task<RevokedKey?> FindRevokedAsync(string paymentServiceId, string keyId, CancellationToken cancellationToken) =>
        IsId(keyId) && await tables.Access.FindAsync(paymentServiceId, AccessRows.GoneKey(keyId), cancellationToken) is { } row ? AccessRows.ReadGone(row) : null;

    /// <summary>Keys of the payment service that were revoked, in the order of their ids.</summary>
    public async Task<IReadOnlyList<RevokedKey>> ListRevokedAsync(string paymentServiceId, int limit, CancellationToken cancellationToken) =>
        [.. (await tables.Access.FirstAsync(RowKeys.Prefix(paymentServiceId, AccessRows.GoneKeyPrefix), limit, cancellationToken)).Select(AccessRows.ReadGone)];

    /// <summary>Whether the text has the form of an API key's id.</summary>
    public static bool IsId(string? id) => SortableUuid.IsPrefixed(id, AccessRows.KeyIdPrefix);
}
