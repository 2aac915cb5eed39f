using PaySg.Functions.Access;
using PaySg.Functions.Platform.Idempotency;

namespace PaySg.Functions.Dashboard.Developers;

/// <summary>Shows the API keys of a payment service by three requests at once, or the form that issues one.</summary>
internal sealed class ShowApiKeys(ApiKeys keys, KeyActivityStore activities, ApiKeysView view)
{
    private const int Limit = 100;

    /// <summary>How many revoked keys are read: more than a service has in years.</summary>
    private const int MostRevoked = 1000;

    /// <summary>200 and the page.</summary>
    /// <exception cref="ApiException">400 for a place in the list that is none.</exception>
    public async Task<ApiAnswer> RunAsync(ApiCall call, Visit visit)
    {
        var query = call.Request.Query;
        ListAddress.Require(query, "step", DeveloperSteps.Done, ListAddress.After);
        if (query["step"] == DeveloperSteps.Create)
            return view.Blank(visit);

        var after = ListAddress.ReadAfter(query, ApiKeys.IsId);
        var listed = keys.ListAsync(visit.Service.Id, Limit, after, call.ClientLeft);
        var revoked = after is null ? keys.ListRevokedAsync(visit.Service.Id, MostRevoked, call.ClientLeft) : Task.FromResult<IReadOnlyList<RevokedKey>>([]);
        var uses = activities.LastUsesAsync(visit.Service.Id, call.ClientLeft);
        var found = await listed.BesideAsync(Task.WhenAll(revoked, uses));
        return view.List(visit, [.. found.Take(Limit)], found.Count > Limit, [.. (await revoked).OrderByDescending(gone => gone.RevokedAt)], await uses);
    }
}
