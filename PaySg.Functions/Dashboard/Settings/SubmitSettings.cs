using PaySg.Functions.Access;
using PaySg.Functions.Management.PaymentServices;

namespace PaySg.Functions.Dashboard.Settings;

/// <summary>
/// Saves the settings of a form by the operation that the management API calls, as the member. The form names the version that it was made of: whoever saves an
/// older one is shown what others have changed, and nothing is written over. A form that is sent twice is saved once.
/// </summary>
internal sealed class SubmitSettings(UpdatePaymentService updatePaymentService, ShowSettings showSettings, DashboardPages pages, OfficerForms officerForms)
{
    /// <summary>The field with the version that the form was made of.</summary>
    public const string Seen = "seen";

    /// <summary>303 to the settings; 400 and the form again where a field is wrong; 409 where somebody else has changed the settings meanwhile.</summary>
    /// <exception cref="ApiException">400, 403, 413, 415, 503.</exception>
    public async Task<ApiAnswer> RunAsync(ApiCall call, Visit visit)
    {
        var form = await officerForms.ReadAsync(call, visit.Person);

        var path = pages.In(visit.Service.Id, DashboardPages.Settings);
        try
        {
            await updatePaymentService.RunAsync(call.Part(path, TypedSettings.Json(name => form[name]), form["form"]), visit.Service.Id, form[Seen], Actor.Of(visit.Member));
            return pages.SeeOther($"{path}?done=saved");
        }
        catch (ApiException old) when (old.Error.Fields is [{ Field: UpdatePaymentService.Version }])
        {
            return await AgainAsync(409, [], "Somebody has changed the settings since you opened this page: below you see who, and what. Yours are not saved. To save them over those, send the form once more.");
        }
        catch (ApiException wrong) when (wrong.Error.Fields.Count > 0 && wrong.Error.Fields.All(static error => TypedSettings.Fields.Any(field => field.Name == error.Field)))
        {
            return await AgainAsync(400, [.. wrong.Error.Fields.Select(TypedSettings.InWordsOfOfficers)], refusal: null);
        }
        catch (ApiException used) when (used.Error.Status == 409)
        {
            return await AgainAsync(409, [], "This form was sent before with other values, and those were saved. To save these as well, send the form once more.");
        }

        Task<ApiAnswer> AgainAsync(int status, IReadOnlyList<FieldError> errors, string? refusal) =>
            showSettings.PrintAsync(status, visit, stored => SettingsForm.Again(stored, name => form[name], errors, refusal), CancellationToken.None);
    }
}
