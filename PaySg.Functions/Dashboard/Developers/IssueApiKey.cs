using PaySg.Functions.Access;
using PaySg.Functions.Management.PaymentServices;

namespace PaySg.Functions.Dashboard.Developers;

/// <summary>
/// Issues the API key of a form by the operation of the management API. The form's key is the call's idempotency key, so a form that is sent twice issues one key
/// and shows its secret once.
/// </summary>
internal sealed class IssueApiKey(CreateApiKey createApiKey, ApiKeysView view, DeveloperPages corner)
{
    /// <summary>200 and the secret, this once; the form again with what was typed where it was refused.</summary>
    /// <exception cref="ApiException">400, 403, 413, 415, 503.</exception>
    public async Task<ApiAnswer> RunAsync(ApiCall call, Visit visit)
    {
        var form = await corner.ReadAsync(call, visit);
        if (form["action"] != DeveloperSteps.Create)
            throw FormRefusal.UnknownAction();

        var (answer, refusal) = await FormRefusal.TryAsync(() => createApiKey.RunAsync(corner.Part(call, visit, DeveloperPaths.ApiKeys, form, ApiKeysView.Read(form)), visit.Service.Id, Actor.Of(visit.Member)));
        if (answer is null)
            return view.Again(visit, form, refusal!);

        using var key = JsonDocument.Parse(answer.Body);
        var issued = key.RootElement;
        return view.Issued(visit, issued.GetProperty("id").GetString()!, issued.GetProperty("label").GetString()!, issued.GetProperty("key").GetString());
    }
}
