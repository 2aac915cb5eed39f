namespace PaySg.Functions.Access;

internal sealed class PaymentServiceStore(PaySgTables tables, AccessCache cache, IdGenerator ids, TimeProvider clock)
{
    // A code never changes its owner, so this may be remembered for long.
    private static readonly TimeSpan CodeLifetime = TimeSpan.FromHours(1);

    /// <summary>A payment service with an id of its own or the given one, and a code that no other has. It exists once it is saved.</summary>
    public async Task<PaymentService> PrepareAsync(string name, string? id, CancellationToken cancellationToken)
    {
        var serviceId = id ?? ids.NewPaymentServiceId();
        return new PaymentService(serviceId, await ClaimCodeAsync(serviceId, cancellationToken), name, clock.NowInMilliseconds());
    }

    /// <summary>Saves a payment service, whether it is there already or not.</summary>
    public async Task SaveAsync(PaymentService service, CancellationToken cancellationToken) =>
        await tables.Access.PutAsync(AccessRows.Write(service), cancellationToken);

    /// <summary>The payment service, or null.</summary>
    public async Task<PaymentService?> FindAsync(string id, CancellationToken cancellationToken) =>
        await FindRowAsync(id, cancellationToken) is { } row ? AccessRows.ReadService(row) : null;

    /// <summary>The payment service as it was at most 10 s ago, or null: for what pages show of it.</summary>
    public Task<PaymentService?> FindRememberedAsync(string id, CancellationToken cancellationToken) =>
        cache.GetAsync(CacheKey(id), AccessCache.Lifetime, () => FindAsync(id, cancellationToken));

    /// <summary>The payment service and its version, as they are now; or null.</summary>
    public async Task<StoredPaymentService?> FindStoredAsync(string id, CancellationToken cancellationToken) =>
        await FindRowAsync(id, cancellationToken) is { } row ? new StoredPaymentService(AccessRows.ReadService(row), row.ETag.ToString()) : null;

    /// <summary>Makes this process read a payment service again that has changed.</summary>
    public void Forget(string id) => cache.Forget(CacheKey(id));

    /// <summary>The payment service's row, whose version a change must name; or null.</summary>
    internal async Task<TableEntity?> FindRowAsync(string id, CancellationToken cancellationToken)
    {
        if (!IsId(id))
            return null;

        return await tables.Access.FindAsync(AccessRows.Owners, id, cancellationToken);
    }

    /// <summary>One page of the payment services and one more, where there is one, in the order of their ids.</summary>
    public async Task<IReadOnlyList<PaymentService>> ListAsync(int limit, string? after, CancellationToken cancellationToken)
    {
        var filter = after is null
            ? RowKeys.Prefix(AccessRows.Owners, AccessRows.ServicePrefix)
            : RowKeys.PrefixAfter(AccessRows.Owners, AccessRows.ServicePrefix, after);
        return [.. (await tables.Access.FirstAsync(filter, limit + 1, cancellationToken)).Select(AccessRows.ReadService)];
    }

    /// <summary>Whether the text has the form of a payment service's id.</summary>
    public static bool IsId(string? id) => SortableUuid.IsPrefixed(id, AccessRows.ServicePrefix);

    /// <summary>The id of the payment service whose code a payment's id carries, or null.</summary>
    public Task<string?> FindIdByCodeAsync(string code, CancellationToken cancellationToken)
    {
        var partition = AccessRows.CodePartition(code);
        return cache.GetAsync(partition, CodeLifetime, async () =>
        {
            var row = await tables.Access.FindAsync(partition, AccessRows.Owner, cancellationToken);
            return row is null ? null : row.GetString("owner_id");
        });
    }

    private static string CacheKey(string id) => $"service:{id}";

    private async Task<string> ClaimCodeAsync(string serviceId, CancellationToken cancellationToken)
    {
        while (true)
        {
            var code = PaymentService.NewCode(ids.Random);
            var claim = new TableEntity(AccessRows.CodePartition(code), AccessRows.Owner) { ["owner_id"] = serviceId };
            var result = await tables.Access.SubmitAsync(new EntityGroup(ids.NewWriteId()).Insert(claim), cancellationToken);
            if (result is WriteResult.Committed)
                return code;
        }
    }
}
