using PaySg.Functions.Platform.Idempotency;
using PaySg.Functions.Webhooks.Endpoints;
using PaySg.Functions.Webhooks.Recoveries;

namespace PaySg.Functions.Dashboard.Developers;

/// <summary>Shows how far a recovery is, by two requests at once.</summary>
internal sealed class ShowWebhookRecovery(PaySgTables tables, WebhookEndpointStore endpoints, RecoveryView view)
{
    /// <summary>200 and the page.</summary>
    /// <exception cref="ApiException">404.</exception>
    public async Task<ApiAnswer> RunAsync(ApiCall call, Visit visit, string endpointId, string recoveryId)
    {
        if (!SortableUuid.IsPrefixed(endpointId, WebhookEndpointRows.IdPrefix) || !SortableUuid.IsPrefixed(recoveryId, RecoveryRows.IdPrefix))
            throw ApiErrors.WebhookRecoveryNotFound();

        var recoveryRead = tables.Webhooks.FindAsync(visit.Service.Id, RecoveryRows.Key(endpointId, recoveryId), call.ClientLeft);
        var endpoint = (await endpoints.GetAsync(visit.Service.Id, endpointId, call.ClientLeft).BesideAsync(recoveryRead)).Endpoint;
        return view.Print(visit, endpoint, RecoveryRows.Read(await recoveryRead ?? throw ApiErrors.WebhookRecoveryNotFound()));
    }
}
