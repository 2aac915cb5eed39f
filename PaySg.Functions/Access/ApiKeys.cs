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
        if (await tables.Access.SubmitAsync(list.Insert(AccessRows.WriteListed(key, AccessRows.HashOf(secret))), CancellationToken.None) is WriteResult.Conflict conflict)
            return conflict;

        await LetInAsync(key, secret);
        return null;
    }

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

    /// <summary>Whether the text has the form of an API key's id.</summary>
    public static bool IsId(string? id) => SortableUuid.IsPrefixed(id, AccessRows.KeyIdPrefix);
}
