using PaySg.Functions.Access.Accounts;
using PaySg.Functions.Languages;
using PaySg.Functions.Platform.Markup;

namespace PaySg.Functions.Dashboard.Accounts;

/// <summary>The page of an account: what it is called, and the credentials of its merchant's systems.</summary>
internal sealed class AccountSettingsView(AccountPages pages, OfficerForms forms)
{
    public const string Save = "save";
    public const string Issue = "issue";
    public const string Revoke = "revoke";
    public const string Client = "client";
    public const string Label = "label";
    public const string Seen = "seen";

    /// <summary>The fields of the account that officers change, as the management API names them, with what they are called.</summary>
    public static readonly (string Name, string Label, string Hint, int MaxLength, bool IsRequired)[] Fields =
    [
        ("name", "Name", "Payers read it.", 255, true),
        ("email", "Email", "Payers may ask there.", 255, true),
        ("phone", "Phone", "", 50, true),
        ("logo_url", "Address of the logo", "https, PNG, JPEG or WebP. It is fetched when you save, and kept.", 2048, false),
    ];

    /// <summary>What is in the fields of an account.</summary>
    public static string FieldOf(Account account, string name) => name switch
    {
        "name" => account.Name,
        "email" => account.Email,
        "phone" => account.Phone,
        "logo_url" => account.LogoUrl ?? "",
        _ => "",
    };

    /// <summary>The page.</summary>
    /// <param name="status">Of the answer.</param>
    /// <param name="account">The account as it is now.</param>
    /// <param name="credentials">A page of its credentials, and one more where there is one.</param>
    /// <param name="limit">How many are shown.</param>
    /// <param name="typed">What is in a field, by its name.</param>
    /// <param name="errors">What is wrong, by fields.</param>
    /// <param name="refusal">Why something was not done although no field is wrong; null: nothing is to be said.</param>
    /// <param name="done">What was just done; null: nothing.</param>
    public ApiAnswer Print(
        int status, AccountVisit visit, Account account, IReadOnlyList<Credential> credentials, int limit, Func<string, string> typed, IReadOnlyList<FieldError> errors, string? refusal, string? done)
    {
        return pages.Page(status, visit, "Account", Html.Of($"""
            <h1>Account</h1>
            {FormField.Mistakes("Nothing was changed. Please check:", errors, refusal is null ? null : Html.Of($"{refusal}"))}
            {Html.When(done is not null, $"""<p class="notice" role="status">{(done == Revoke ? "The credential is revoked. Within 10 seconds it works nowhere." : "The change is saved. Within 10 seconds every page shows it.")}</p>""")}
            <form method="post" action="{Path(visit)}" class="typed">
            {forms.Hidden(visit.Person, Save)}
            {Html.Join(Fields.Select(field => Html.Of($"""<input type="hidden" name="{Seen}_{field.Name}" value="{FieldOf(account, field.Name)}">""")))}
            {Html.Join(Fields.Select(field => new FormField(field.Name, field.Label, typed(field.Name)) { Hint = field.Hint, MaxLength = field.MaxLength, IsRequired = field.IsRequired }.Print(errors)))}
            <p class="actions"><button class="button" type="submit">Save</button></p>
            </form>
            <dl>
            <div><dt>Account id</dt><dd>{account.Id}</dd></div>
            <div><dt>Status</dt><dd>{(account.Status == AccountStatus.Active ? "Active" : "Not active: no link is created or paid")}</dd></div>
            </dl>
            <h2>Credentials</h2>
            <p>A merchant’s system signs in to the API with one. To replace one, issue another, change the system, and revoke the old one.</p>
            {(credentials.Count > 0 ? Table(visit, credentials.Take(limit)) : Html.Of($"<p>There is none on this page.</p>"))}
            {(credentials.Count > limit ? Html.Of($"""<p class="actions"><a class="button second" href="{Path(visit)}?after={credentials[limit - 1].ClientId}">More credentials</a></p>""") : Html.Empty)}
            <form method="post" action="{Path(visit)}" class="typed">
            {forms.Hidden(visit.Person, Issue)}
            {new FormField(Label, "What it is for", typed(Label)) { Hint = "Such as “cash desk”.", MaxLength = 100, IsRequired = true }.Print(errors)}
            <p class="actions"><button class="button second" type="submit">Issue a credential</button></p>
            </form>
            """));
    }

    /// <summary>A credential that was just issued. Its secret is on no other page, ever.</summary>
    /// <param name="secret">The secret; null: it was shown before.</param>
    public ApiAnswer Issued(AccountVisit visit, string clientId, string? secret, string apiKey) => pages.Page(200, visit, "A new credential", Html.Of($"""
        <h1>A new credential</h1>
        {(secret is null
            ? Html.Of($"<p>This form was sent before, and the secret was shown then. If nobody has it, revoke this credential and issue another.</p>")
            : Html.Of($"<p><strong>Copy the secret now.</strong> It is shown this once and cannot be read again.</p>"))}
        <dl>
        <div><dt>Client id</dt><dd><code>{clientId}</code></dd></div>
        {Html.When(secret is not null, $"<div><dt>Client secret</dt><dd><code>{secret}</code></dd></div>")}
        <div><dt>API key (X-PARTNER-ID)</dt><dd><code>{apiKey}</code></dd></div>
        </dl>
        <p class="actions"><a class="button" href="{Path(visit)}">Done</a></p>
        """));

    /// <summary>The last question before a credential is revoked.</summary>
    public ApiAnswer ConfirmRevoke(AccountVisit visit, string clientId) => pages.Page(200, visit, "Revoke a credential", Html.Of($"""
        <h1>Revoke this credential?</h1>
        <p>Whatever uses <code>{clientId}</code> is refused within 10 seconds. This cannot be undone.</p>
        <form method="post" action="{Path(visit)}">
        {forms.Hidden(visit.Person, Revoke)}
        <input type="hidden" name="{Client}" value="{clientId}">
        <p class="actions"><button class="button" type="submit">Revoke the credential</button> <a class="quiet" href="{Path(visit)}">Back</a></p>
        </form>
        """));

    private string Path(AccountVisit visit) => pages.In(visit.Account.Id, AccountPages.Settings);

    private Html Table(AccountVisit visit, IEnumerable<Credential> credentials) => Html.Of($"""
        <table class="list">
        <caption class="unseen">Credentials</caption>
        <thead><tr><th scope="col">What it is for</th><th scope="col">Client id</th><th scope="col">Issued</th><th scope="col">API key</th><th scope="col" class="money">Revoke</th></tr></thead>
        <tbody>
        {Html.Join(credentials.Select(credential => Html.Of($"""
            <tr><th scope="row">{credential.Label}</th><td><code>{credential.ClientId}</code></td><td>{Texts.English.Date(credential.CreatedAt)}</td><td><code>{credential.PartnerId}</code></td><td class="money"><a href="{Path(visit)}?step={Revoke}&amp;{Client}={credential.ClientId}" aria-label="Revoke {credential.Label}">Revoke</a></td></tr>
            """)))}
        </tbody>
        </table>
        """);
}
