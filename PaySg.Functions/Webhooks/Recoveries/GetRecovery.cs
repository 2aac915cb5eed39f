using PaySg.Functions.Access;
using PaySg.Functions.Webhooks.Endpoints;

namespace PaySg.Functions.Webhooks.Recoveries;

internal sealed class GetRecovery(PaySgTables tables)
{
    /// <summary>200 and the recovery.</summary>
    /// <exception cref="ApiException">404.</exception>
    public async Task<ApiAnswer> RunAsync(ApiCall call, Caller caller, string endpointId, string recoveryId)
    {
        if (!SortableUuid.IsPrefixed(endpointId, WebhookEndpointRows.IdPrefix) || !SortableUuid.IsPrefixed(recoveryId, RecoveryRows.IdPrefix))
            throw ApiErrors.WebhookRecoveryNotFound();

        var row = await tables.Webhooks.FindAsync(caller.OwnerId, RecoveryRows.Key(endpointId, recoveryId), call.ClientLeft);
        return row is not null ? RecoveryJson.Answer(200, RecoveryRows.Read(row)) : throw ApiErrors.WebhookRecoveryNotFound();
    }
}
