using PaySg.Functions.Access;
using PaySg.Functions.Access.Accounts;
using PaySg.Functions.Management.Accounts;
using PaySg.Functions.Pages;

namespace PaySg.Functions.Dashboard.Accounts;

/// <summary>
/// Does what a form of an account's page asks for, by the operations that the management API calls. Of the account only what was typed anew is sent, so what somebody
/// else changes in another field at the same time stays; where the field itself has changed, which the write looks at, nothing is written and the sender reads so.
/// </summary>
internal sealed class ChangeAccount(
    UpdateAccount updateAccount,
    CreateCredential createCredential,
    RevokeCredential revokeCredential,
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

        var action = form["action"];
        if (action is not (AccountSettingsView.Save or AccountSettingsView.Issue or AccountSettingsView.Revoke))
            throw FormRefusal.UnknownAction();

        var newer = visit.Account;
        var (answer, refusal) = await FormRefusal.TryAsync(() => action switch
        {
            AccountSettingsView.Save => SaveAsync(call, visit, form, account => newer = account),
            AccountSettingsView.Issue => createCredential.RunAsync(Part(call, visit, form, JsonOf([(AccountSettingsView.Label, form[AccountSettingsView.Label])])), visit.Account.Id, Actor.Of(visit.Member)),
            _ => revokeCredential.RunAsync(Part(call, visit, form, default), visit.Account.Id, form[AccountSettingsView.Client], Actor.Of(visit.Member)),
        });
        if (answer is null)
        {
            var why = refusal!.IsStale
                ? $"Somebody has changed the account in the meantime: it is called {newer.Name}, and is reached by {newer.Email} and {newer.Phone}. If you save again, what you typed takes the place of that."
                : refusal.Message;
            return await show.RefuseAsync(refusal.Status, visit, TypedOf(form, visit), [.. refusal.Errors.Select(static error => error with { Message = $"{NameOf(error.Field) ?? error.Field} {error.Message}" })], why);
        }

        return action == AccountSettingsView.Issue ? Issued(visit, answer) : pages.SeeOther($"{Path(visit)}?done={action}");
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

    /// <param name="read">Is told which account the fields are compared with.</param>
    private async Task<ApiAnswer> SaveAsync(ApiCall call, AccountVisit visit, PageForm form, Action<Account> read)
    {
        var changed = AccountSettingsView.Fields.Select(field => field.Name).Where(name => form[name] != form[$"{AccountSettingsView.Seen}_{name}"]).ToList();
        return changed.Count == 0
            ? new ApiAnswer(200, default)
            : await updateAccount.RunAsync(Part(call, visit, form, JsonOf(changed.Select(name => (name, form[name])))), visit.Account.Id, IsAsSeen, Actor.Of(visit.Member));

        bool IsAsSeen(Account account)
        {
            read(account);
            return changed.All(name => AccountSettingsView.FieldOf(account, name).Trim() is var stored && (stored == form[$"{AccountSettingsView.Seen}_{name}"] || stored == form[name]));
        }
    }

    private ApiAnswer Issued(AccountVisit visit, ApiAnswer answer)
    {
        using var issued = JsonDocument.Parse(answer.Body);
        return view.Issued(visit, Text("client_id")!, Text("client_secret"), Text("api_key")!);

        string? Text(string name) => issued.RootElement.GetProperty(name).GetString();
    }

    private string Path(AccountVisit visit) => pages.In(visit.Account.Id, AccountPages.Settings);

    private ApiCall Part(ApiCall call, AccountVisit visit, PageForm form, ReadOnlyMemory<byte> body) => call.Part($"{Path(visit)}/{form["action"]}", body, form[PageForm.Id]);
}
