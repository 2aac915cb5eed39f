using PaySg.Functions.Access;
using PaySg.Functions.Access.Audit;
using PaySg.Functions.Platform.Idempotency;

namespace PaySg.Functions.Management.PaymentServices;

/// <summary>
/// Revokes an API key: first nobody gets in by it any more, then it leaves the list, and the dashboard lists it as revoked. A request that stops in between leaves a key that is listed
/// and dead, and may be sent again. Instances that let the key in before may do so for as long as <see cref="AccessCache.Lifetime"/>.
/// </summary>
internal sealed class RevokeApiKey(
    PaySgTables tables, PaymentServiceStore services, ApiKeys keys, KeyedCalls keyedCalls, IdGenerator ids, TimeProvider clock, ILogger<RevokeApiKey> log)
{
    private static readonly ApiAnswer Revoked = new(204, ReadOnlyMemory<byte>.Empty);

    /// <summary>204.</summary>
    /// <exception cref="ApiException">400 (idempotency key), or 404: no such payment service or key, revoked ones included.</exception>
    public async Task<ApiAnswer> RunAsync(ApiCall call, string paymentServiceId, string keyId, Actor by)
    {
        var keyed = keyedCalls.Of(call, by.InAccess(tables, paymentServiceId), RequestParameters.None);
        if (!PaymentServiceStore.IsId(paymentServiceId))
            throw ApiErrors.PaymentServiceNotFound();

        return await keyed.ReplayOrRefuseAsync(() => RevokeAsync(call, keyed, paymentServiceId, keyId, by));
    }

    private async Task<ApiAnswer> RevokeAsync(ApiCall call, KeyedCall keyed, string paymentServiceId, string keyId, Actor by)
    {
        var serviceRead = services.FindAsync(paymentServiceId, call.ClientLeft);
        var listedRead = FindListedAsync(paymentServiceId, keyId, call.ClientLeft);
        var recordRead = keyed.FindAnswerAsync();
        _ = await serviceRead.BesideAsync(Task.WhenAll(recordRead, listedRead)) ?? throw ApiErrors.PaymentServiceNotFound();
        if (await recordRead is { } replay)
            return replay;

        var row = await listedRead ?? throw ApiErrors.ApiKeyNotFound();
        await keys.CloseAsync(AccessRows.ReadHash(row), keyId);
        Log.ApiKeyRevoked(log, keyId, paymentServiceId);

        var group = new EntityGroup(ids.NewWriteId());
        var (key, now) = (AccessRows.ReadKey(row), clock.NowInMilliseconds());
        keyed.AddTo(group, Revoked, now);
        group
            .Delete(paymentServiceId, AccessRows.ListedKey(keyId))
            .Upsert(AccessRows.WriteGone(key, now))
            .Audit(by, paymentServiceId, now, AuditAction.ApiKeyRevoked, keyId, new AuditChange("label", key.Label, null), new AuditChange("permissions", PermissionNames.Print(key.Permissions), null));
        if (await tables.Access.SubmitAsync(group, CancellationToken.None) is WriteResult.Conflict && keyed.Request is not null)
            throw ApiErrors.ApiKeyNotFound();

        // Without a key a conflict means that the row is gone, by our own first try or by somebody else's: revoked either way.
        return Revoked;
    }

    private async Task<TableEntity?> FindListedAsync(string paymentServiceId, string keyId, CancellationToken cancellationToken)
    {
        if (!ApiKeys.IsId(keyId))
            return null;

        return await tables.Access.FindAsync(paymentServiceId, AccessRows.ListedKey(keyId), cancellationToken);
    }
}
