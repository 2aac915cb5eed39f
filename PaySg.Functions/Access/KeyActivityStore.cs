namespace PaySg.Functions.Access;

/// <summary>Writes and reads what API keys did.</summary>
internal sealed class KeyActivityStore(PaySgTables tables, IdGenerator ids)
{
    /// <summary>How many characters of a path are kept: more than any route has.</summary>
    private const int LongestPath = 200;

    /// <summary>Writes that a key was used on a day. What another instance wrote of an earlier day, or of the same, is replaced.</summary>
    public async Task WriteUseAsync(string paymentServiceId, string keyId, DateOnly day) =>
        await tables.Access.PutAsync(KeyActivityRows.WriteUse(paymentServiceId, keyId, day), CancellationToken.None);

    /// <summary>Adds refused calls to those of other instances, of which the newest stay. False: another instance wrote at the same moment.</summary>
    public async Task<bool> AddRefusedAsync(string paymentServiceId, string keyId, IReadOnlyList<RefusedCall> refused)
    {
        var row = await tables.Access.FindAsync(paymentServiceId, KeyActivityRows.RefusedKey(keyId), CancellationToken.None);
        IReadOnlyList<RefusedCall> before = row is null ? [] : KeyActivityRows.ReadRefused(row);
        IReadOnlyList<RefusedCall> newest = [.. before
            .Concat(refused.Select(static call => call with { Path = TextStart.Of(call.Path, LongestPath) }))
            .OrderBy(static call => call.At)
            .TakeLast(KeyActivity.MostRefused)];
        var next = KeyActivityRows.WriteRefused(paymentServiceId, keyId, newest);
        var group = new EntityGroup(ids.NewWriteId());
        return await tables.Access.SubmitAsync(row is null ? group.Insert(next) : group.Replace(next, row.ETag), CancellationToken.None) is WriteResult.Committed;
    }

    /// <summary>The newest refused calls of a key, the newest first.</summary>
    public async Task<IReadOnlyList<RefusedCall>> RefusedOfAsync(string paymentServiceId, string keyId, CancellationToken cancellationToken) =>
        await tables.Access.FindAsync(paymentServiceId, KeyActivityRows.RefusedKey(keyId), cancellationToken) is { } row ? [.. KeyActivityRows.ReadRefused(row).Reverse()] : [];

    /// <summary>The day on which a key was used last, by Singapore's calendar; null: never, or not since days are noted.</summary>
    public async Task<DateOnly?> LastUseAsync(string paymentServiceId, string keyId, CancellationToken cancellationToken) =>
        await tables.Access.FindAsync(paymentServiceId, KeyActivityRows.UsedKey(keyId), cancellationToken) is { } row ? KeyActivityRows.ReadUse(row) : null;

    /// <summary>The same of all keys of a payment service, by their ids.</summary>
    public async Task<IReadOnlyDictionary<string, DateOnly>> LastUsesAsync(string paymentServiceId, CancellationToken cancellationToken)
    {
        var uses = new Dictionary<string, DateOnly>(StringComparer.Ordinal);
        await foreach (var row in tables.Access.QueryAsync<TableEntity>(RowKeys.Prefix(paymentServiceId, KeyActivityRows.UsedPrefix), cancellationToken: cancellationToken))
            uses[KeyActivityRows.KeyIdOf(row)] = KeyActivityRows.ReadUse(row);

        return uses;
    }
}
