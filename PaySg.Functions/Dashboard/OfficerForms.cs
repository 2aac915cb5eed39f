using PaySg.Functions.Access.Members;
using PaySg.Functions.Pages;
using PaySg.Functions.Platform.Markup;

namespace PaySg.Functions.Dashboard;

/// <summary>
/// What all forms of the dashboard have in common. One is only taken from whom it was shown to, and from our own pages; and it has a key, by which what is sent twice
/// is done once.
/// </summary>
internal sealed class OfficerForms(FormTokens tokens, PaySgSettings settings, IdGenerator ids, TimeProvider clock)
{
    private const string Token = "token";

    /// <exception cref="ApiException">400, 413, or 415 where it is no form; 403 where it was shown to somebody else, too long ago, or by another site.</exception>
    public async Task<PageForm> ReadAsync(ApiCall call, Person person)
    {
        var form = await PageForm.ReadAsync(call.Request, settings.PublicBaseUrl, call.ClientLeft);
        return tokens.IsValid(form[Token], person) ? form : throw ApiErrors.CrossSiteForm();
    }

    /// <summary>The hidden fields of a form: whose it is, its key, and what it does.</summary>
    /// <param name="action">What it does; null: it does one thing only.</param>
    public Html Hidden(Person person, string? action = null) => Html.Of($"""
        {Html.When(action is not null, $"""<input type="hidden" name="action" value="{action}">""")}
        <input type="hidden" name="{Token}" value="{tokens.For(person)}">
        <input type="hidden" name="{PageForm.Id}" value="{ids.NewFormKey(clock.NowInMilliseconds())}">
        """);
}
