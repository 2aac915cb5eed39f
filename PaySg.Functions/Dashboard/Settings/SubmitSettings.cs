using PaySg.Functions.Access;
using PaySg.Functions.Management.PaymentServices;
using PaySg.Functions.Pages;

namespace PaySg.Functions.Dashboard.Settings;

/// <summary>
/// Saves the settings of a form by the operation that the management API calls, as the member. The form names the version that it was made of: whoever saves an
/// older one is shown what others have changed, and nothing is written over. A form that is sent twice is saved once.
/// </summary>
internal sealed class SubmitSettings(UpdatePaymentService updatePaymentService, ShowSettings showSettings, DashboardPages pages, OfficerForms officerForms)
{
    /// <summary>303 to the settings; 400 and the form again where a field is wrong; 409 where somebody else has changed the settings meanwhile.</summary>
    /// <exception cref="ApiException">400, 403, 413, 415, 503.</exception>
    public async Task<ApiAnswer> RunAsync(ApiCall call, Visit visit)
    {
        var form = await officerForms.ReadAsync(call, visit.Person);

        var path = pages.In(visit.Service.Id, DashboardPages.Settings);
        var (_, refusal) = await FormRefusal.TryAsync(() => updatePaymentService.RunAsync(
            call.Part(path, TypedSettings.Json(name => form[name]), form[PageForm.Id]), visit.Service.Id, version => version == form[SeenMark.Field], Actor.Of(visit.Member)));
        if (refusal is null)
            return pages.SeeOther($"{path}?done=saved");

        var why = refusal.IsStale
            ? "Somebody has changed the settings since you opened this page: below you see who, and what. Yours are not saved. To save them over those, send the form once more."
            : refusal.Message;
        return await showSettings.PrintAsync(
            refusal.Status, visit, stored => SettingsForm.Again(stored, name => form[name], [.. refusal.Errors.Select(TypedSettings.InWordsOfOfficers)], why), CancellationToken.None);
    }
}
