using PaySg.Functions.Access;
using PaySg.Functions.Access.Accounts;
using PaySg.Functions.Management.Accounts;
using PaySg.Functions.Pages;

namespace PaySg.Functions.Dashboard.Accounts;

/// <summary>
/// Does what a form of an account's page asks for, by the operations that the management API calls. Of the account only what was typed anew is sent, so what somebody
/// else changes in another field at the same time stays; where the field itself has changed, nothing is written and the sender reads so.
/// </summary>
internal sealed class ChangeAccount(
    UpdateAccount updateAccount,
    CreateCredential createCredential,
    RevokeCredential revokeCredential,
    AccountStore accounts,
    ShowAccountSettings show,
    AccountSettingsView view,
    AccountPages pages,
    OfficerForms officerForms)
{
    /// <summary>303 to the page; 200 with a new secret; 400 and the form again where a field is wrong; 409 where somebody was faster.</summary>
    /// <exception cref="ApiException">400, 403, 404, 413, 415, 503.</exception>
    public async Task<ApiAnswer> RunAsync(ApiCall call, AccountVisit visit)
    {
        var form = await officerForms.ReadAsync(call, visit.Person);

        try
        {
            return form["action"] switch
            {
                AccountSettingsView.Save => await SaveAsync(call, visit, form),
                AccountSettingsView.Issue => await IssueAsync(call, visit, form),
                AccountSettingsView.Revoke => await RevokeAsync(call, visit, form),
                _ => throw ApiErrors.InvalidParameter("action", "must be that of a form of the page."),
            };
        }
        catch (ApiException refused) when (refused.Error.Fields.Any(error => NameOf(error.Field) is not null))
        {
            return await show.RefuseAsync(400, visit, TypedOf(form, visit), [.. refused.Error.Fields.Select(error => error with { Message = $"{NameOf(error.Field) ?? error.Field} {error.Message}" })], refusal: null);
        }
        catch (ApiException refused) when (refused.Error.Status == 409)
        {
            return await show.RefuseAsync(409, visit, TypedOf(form, visit), [], "This form was sent before with other values. Look at the page as it is now.");
        }
    }

    private static string? NameOf(string field) => field == AccountSettingsView.Label
        ? "What it is for"
        : AccountSettingsView.Fields.FirstOrDefault(candidate => candidate.Name == field).Label;

    /// <summary>What was typed into the form that was sent; the other form shows what is stored.</summary>
    private static Func<string, string> TypedOf(PageForm form, AccountVisit visit) => name => form.Has(name) ? form[name] : AccountSettingsView.FieldOf(visit.Account, name);

    private static byte[] JsonOf(IEnumerable<(string Name, string Text)> fields) => JsonText.Write(json =>
    {
        json.WriteStartObject();
        foreach (var (name, text) in fields)
            json.WriteString(name, text.Length > 0 ? text : null);

        json.WriteEndObject();
    });

    private async Task<ApiAnswer> SaveAsync(ApiCall call, AccountVisit visit, PageForm form)
    {
        var account = await accounts.FindAsync(visit.Account.Id, call.ClientLeft) ?? throw ApiErrors.AccountNotFound();
        var changed = AccountSettingsView.Fields.Select(field => field.Name).Where(name => form[name] != form[$"{AccountSettingsView.Seen}_{name}"]).ToList();
        var isLate = changed.Any(name => AccountSettingsView.FieldOf(account, name).Trim() is var stored && stored != form[$"{AccountSettingsView.Seen}_{name}"] && stored != form[name]);
        if (isLate)
            return await show.RefuseAsync(409, visit, TypedOf(form, visit), [], $"Somebody has changed the account in the meantime: it is called {account.Name}, and is reached by {account.Email} and {account.Phone}. If you save again, what you typed takes the place of that.");

        if (changed.Count > 0)
            await updateAccount.RunAsync(Part(call, visit, form, JsonOf(changed.Select(name => (name, form[name])))), visit.Account.Id, Actor.Of(visit.Member));

        return pages.SeeOther($"{Path(visit)}?done={AccountSettingsView.Save}");
    }

    private async Task<ApiAnswer> IssueAsync(ApiCall call, AccountVisit visit, PageForm form)
    {
        var answer = await createCredential.RunAsync(Part(call, visit, form, JsonOf([(AccountSettingsView.Label, form[AccountSettingsView.Label])])), visit.Account.Id, Actor.Of(visit.Member));
        using var issued = JsonDocument.Parse(answer.Body);
        return view.Issued(visit, Text("client_id")!, Text("client_secret"), Text("api_key")!);

        string? Text(string name) => issued.RootElement.GetProperty(name).GetString();
    }

    private async Task<ApiAnswer> RevokeAsync(ApiCall call, AccountVisit visit, PageForm form)
    {
        await revokeCredential.RunAsync(Part(call, visit, form, default), visit.Account.Id, form[AccountSettingsView.Client], Actor.Of(visit.Member));
        return pages.SeeOther($"{Path(visit)}?done={AccountSettingsView.Revoke}");
    }

    private string Path(AccountVisit visit) => pages.In(visit.Account.Id, AccountPages.Settings);

    private ApiCall Part(ApiCall call, AccountVisit visit, PageForm form, ReadOnlyMemory<byte> body) => call.Part($"{Path(visit)}/{form["action"]}", body, form["form"]);
}
