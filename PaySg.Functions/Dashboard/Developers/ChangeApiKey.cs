using PaySg.Functions.Access;
using PaySg.Functions.Management.PaymentServices;

namespace PaySg.Functions.Dashboard.Developers;

/// <summary>Revokes an API key by the operation of the management API. A form that is sent twice is done once.</summary>
internal sealed class ChangeApiKey(RevokeApiKey revokeApiKey, DeveloperPages corner)
{
    /// <summary>303 to the key.</summary>
    /// <exception cref="ApiException">400, 403, 404, 413, 415, 503.</exception>
    public async Task<ApiAnswer> RunAsync(ApiCall call, Visit visit, string keyId)
    {
        var form = await corner.ReadAsync(call, visit);
        if (form["action"] != DeveloperSteps.Revoke)
            throw FormRefusal.UnknownAction();

        await revokeApiKey.RunAsync(corner.Part(call, visit, DeveloperPaths.ApiKey(keyId), form), visit.Service.Id, keyId, Actor.Of(visit.Member));
        return corner.SeeOther(visit, DeveloperPaths.ApiKey(keyId));
    }
}
