namespace PaySg.Functions.PaymentLinks;

/// <summary>
/// Counts an account's payment links, or the attempts on them: a row says how many there are up to one of them, and the keys of the newer ones are counted. Who
/// counts more than <see cref="MovesAt"/> moves the row on. Every delete writes the row, too, so a link that goes while somebody counts it is not counted permanently.
/// </summary>
internal sealed class PaymentLinkCounts(PaySgTables tables, IdGenerator ids, TimeProvider clock, ILogger<PaymentLinkCounts> log)
{
    /// <summary>How many keys are counted before the row is moved.</summary>
    public const int MovesAt = 1000;

    private static readonly string[] KeysOnly = ["RowKey"];

    /// <summary>The count as it is stored.</summary>
    public async Task<StoredPaymentLinkCount> FindAsync(string accountId, ListedRows listed, CancellationToken cancellationToken)
    {
        var row = await tables.PaymentLinks.FindAsync(accountId, listed.CountKey, cancellationToken);
        return row is not null
            ? new StoredPaymentLinkCount(ListedRows.ReadCount(row), row.ETag)
            : new StoredPaymentLinkCount(PaymentLinkCount.Nothing, null);
    }

    /// <summary>How many of them the account has.</summary>
    /// <param name="listed">Its links, or the attempts on them.</param>
    /// <param name="newest">The ids of the newest ones, newest first: they need not be read again. At least one.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<long> TotalAsync(string accountId, ListedRows listed, IReadOnlyList<long> newest, CancellationToken cancellationToken)
    {
        var stored = await FindAsync(accountId, listed, cancellationToken);
        var known = newest.Count(id => !stored.Count.Covers(id));
        if (known < newest.Count)
            return stored.Count.Count + known;

        var further = await KeysAsync(accountId, listed, newest[^1], stored.Count.UpTo, cancellationToken);
        if (further.Count > MovesAt)
        {
            // Only what was read after the row may be counted in: a delete that came before it has not touched this version.
            await MoveAsync(accountId, listed, stored, further);
        }

        return stored.Count.Count + known + further.Count;
    }

    /// <summary>Adds the count to a transaction that deletes some of what it counts: as its main row, changed or not, so that whoever is counting them loses.</summary>
    internal static EntityGroup AddDelete(EntityGroup group, string accountId, ListedRows listed, StoredPaymentLinkCount stored, IReadOnlyList<long> deleted)
    {
        var row = listed.WriteCount(accountId, deleted.Aggregate(stored.Count, static (count, id) => count.Without(id)));
        return stored.Version is { } version ? group.Replace(row, version) : group.Insert(row);
    }

    private async Task<List<long>> KeysAsync(string accountId, ListedRows listed, long olderThan, long newerThan, CancellationToken cancellationToken)
    {
        var keys = new List<long>();
        var range = RowKeys.Range(accountId, RowKeys.Behind(listed.Key(olderThan)), listed.Key(newerThan));
        await foreach (var row in tables.PaymentLinks.QueryAsync<TableEntity>(range, select: KeysOnly, cancellationToken: cancellationToken))
        {
            keys.Add(listed.IdOf(row.RowKey));
        }

        return keys;
    }

    private async Task MoveAsync(string accountId, ListedRows listed, StoredPaymentLinkCount stored, List<long> further)
    {
        var moved = stored.Count.With(further, clock.GetUtcNow());
        if (moved == stored.Count)
            return;

        var row = listed.WriteCount(accountId, moved);
        var group = new EntityGroup(ids.NewWriteId());
        group = stored.Version is { } version ? group.Replace(row, version) : group.Insert(row);
        try
        {
            // Who comes second leaves it: the next list that counts as many moves it.
            await tables.PaymentLinks.SubmitAsync(group, CancellationToken.None);
        }
        catch (Exception fault) when (StorageFaults.IsOutage(fault))
        {
            Log.PaymentLinkCountNotMoved(log, accountId, fault);
        }
    }
}
