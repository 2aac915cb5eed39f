using PaySg.Functions.Access;

namespace PaySg.Functions.Dashboard.Developers;

/// <summary>Shows an API key, revoked or not, by four requests at once.</summary>
internal sealed class ShowApiKey(ApiKeys keys, KeyActivityStore activities, ApiKeyView view)
{
    /// <summary>200 and the page.</summary>
    /// <exception cref="ApiException">404.</exception>
    public async Task<ApiAnswer> RunAsync(ApiCall call, Visit visit, string keyId)
    {
        if (!ApiKeys.IsId(keyId))
            throw ApiErrors.ApiKeyNotFound();

        var (serviceId, left) = (visit.Service.Id, call.ClientLeft);
        if (call.Request.Query["step"] == DeveloperSteps.Revoke)
            return view.ConfirmRevoke(visit, await keys.FindAsync(serviceId, keyId, left) ?? throw ApiErrors.ApiKeyNotFound());

        var keyRead = keys.FindAsync(serviceId, keyId, left);
        var revokedRead = keys.FindRevokedAsync(serviceId, keyId, left);
        var useRead = activities.LastUseAsync(serviceId, keyId, left);
        var refusedRead = activities.RefusedOfAsync(serviceId, keyId, left);
        await Task.WhenAll(keyRead, revokedRead, useRead, refusedRead);
        var revoked = await keyRead is null ? await revokedRead : null;
        var key = await keyRead ?? revoked?.Key ?? throw ApiErrors.ApiKeyNotFound();
        return view.Detail(visit, key, revoked?.RevokedAt, await useRead, await refusedRead);
    }
}
