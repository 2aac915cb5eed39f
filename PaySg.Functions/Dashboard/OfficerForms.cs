using PaySg.Functions.Access.Members;
using PaySg.Functions.Pages;

namespace PaySg.Functions.Dashboard;

/// <summary>Reads the forms that officers send. One is only taken from whom it was shown to, and from our own pages.</summary>
internal sealed class OfficerForms(FormTokens tokens, PaySgSettings settings)
{
    /// <exception cref="ApiException">400, 413, or 415 where it is no form; 403 where it was shown to somebody else, too long ago, or by another site.</exception>
    public async Task<PageForm> ReadAsync(ApiCall call, Person person)
    {
        var form = await PageForm.ReadAsync(call.Request, settings.PublicBaseUrl, call.ClientLeft);
        return tokens.IsValid(form["token"], person) ? form : throw ApiErrors.CrossSiteForm();
    }
}
