using PaySg.Functions.Access.Audit;
using PaySg.Functions.Dashboard.Audit;
using PaySg.Functions.Dashboard.Payments;
using PaySg.Functions.Platform.Markup;

namespace PaySg.Functions.Dashboard.Settings;

/// <summary>The page of a payment service's settings: the form, and what was changed last.</summary>
internal sealed class SettingsView(DashboardPages pages, AuditEntryView entryView, FormTokens tokens, IdGenerator ids, TimeProvider clock)
{
    /// <param name="status">Of the answer.</param>
    /// <param name="form">The form.</param>
    /// <param name="changes">The newest changes, the last one first.</param>
    public ApiAnswer Print(int status, Visit visit, SettingsForm form, IReadOnlyList<AuditEntry> changes) => pages.Page(status, visit.Person, "Settings", Html.Of($"""
        <h1>Settings</h1>
        <p>Payers read this on their pages, in emails and on receipts. A receipt of a payment that is paid does not change any more.</p>
        {Html.When(form.IsSaved, $"""<p class="notice" role="status">The settings are saved.</p>""")}
        {ErrorList(form)}
        <form method="post" action="{pages.In(visit.Service.Id, DashboardPages.Settings)}" class="typed">
        <input type="hidden" name="token" value="{tokens.For(visit.Person)}">
        <input type="hidden" name="form" value="{ids.NewFormKey(clock.NowInMilliseconds())}">
        <input type="hidden" name="{SubmitSettings.Seen}" value="{form.Stored.Version}">
        <input type="hidden" name="{TypedSettings.ShownLogo}" value="{form.Stored.Service.LogoUrl}">
        {Html.Join(TypedSettings.Fields.Select(field => Field(field, form)))}
        <p class="actions"><button class="button" type="submit">Save</button> <a class="quiet" href="{pages.In(visit.Service.Id, DashboardPages.Settings)}">Back to what is saved</a></p>
        </form>
        {Html.When(form.Stored.Service.StripeAccountId is not null, $"""<p class="quiet">Payments go to the account <code>{form.Stored.Service.StripeAccountId}</code> at Stripe. Only the operator can change that.</p>""")}
        <h2>What was changed</h2>
        {Changes(visit, changes)}
        """), visit);

    private Html Changes(Visit visit, IReadOnlyList<AuditEntry> changes) => changes.Count == 0 ? Html.Of($"<p>Nothing yet.</p>") : Html.Of($"""
        <ol class="timeline">
        {Html.Join(changes.Select(entry => entryView.Print(visit, entry)))}
        </ol>
        <p><a href="{pages.In(visit.Service.Id, DashboardPages.AuditLog)}">All that was done</a></p>
        """);

    private static Html ErrorList(SettingsForm form) => Html.When(form.Errors.Count > 0 || form.Refusal is not null, $"""
        <div class="errors" role="alert" tabindex="-1">
        <h2>Nothing was saved. Please check:</h2>
        <ul>
        {Html.When(form.Refusal is not null, $"<li>{form.Refusal}</li>")}
        {Html.Join(form.Errors.Select(error => Html.Of($"""<li><a href="#{error.Field}">{Sentence(error)}</a></li>""")))}
        </ul>
        </div>
        """);

    private Html Field(TypedField field, SettingsForm form)
    {
        var error = form.Errors.FirstOrDefault(candidate => candidate.Field == field.Name);
        var hint = HintOf(field.Name);
        string[] described = [.. hint.Length > 0 ? [$"{field.Name}-hint"] : Array.Empty<string>(), .. error is not null ? [$"{field.Name}-error"] : Array.Empty<string>()];
        var attributes = Html.Of($"""
            id="{field.Name}" name="{field.Name}" maxlength="{field.MaxLength}" autocomplete="off"{Html.When(field.IsRequired, $" required")}{Html.When(error is not null, $" aria-invalid=\"true\"")}{Html.When(described.Length > 0, $" aria-describedby=\"{string.Join(' ', described)}\"")}
            """);
        return Html.Of($"""
            <div class="field{Html.When(error is not null, $" wrong")}">
            <label for="{field.Name}">{field.Label}{Html.When(!field.IsRequired, $" <span class=\"quiet\">(optional)</span>")}</label>
            {Html.When(hint.Length > 0, $"""<p class="hint" id="{field.Name}-hint">{hint}</p>""")}
            {(error is null ? Html.Empty : Html.Of($"""<p class="error" id="{field.Name}-error">{Sentence(error)}</p>"""))}
            {Input(field, attributes, form.TextOf(field.Name))}
            {(field.Name == TypedSettings.Logo && form.Stored.Service.LogoPath is { } logo ? Html.Of($"""<p class="logo"><img src="{pages.LogoAt(logo)}" alt="The logo as payers see it"></p>""") : Html.Empty)}
            </div>
            """);
    }

    private static Html Input(TypedField field, Html attributes, string value) => field.Name switch
    {
        TypedSettings.Address => Html.Of($"""<textarea {attributes} rows="3">{Lines(value)}</textarea>"""),
        TypedSettings.Greeting => Html.Of($"""<textarea {attributes} rows="5">{Lines(value)}</textarea>"""),
        TypedSettings.Rate => Html.Of($"""<input class="short" type="text" {attributes} value="{value}" inputmode="decimal">"""),
        "support_email" => Html.Of($"""<input type="email" {attributes} value="{value}">"""),
        "support_phone" => Html.Of($"""<input type="tel" {attributes} value="{value}">"""),
        _ => Html.Of($"""<input type="text" {attributes} value="{value}">"""),
    };

    /// <summary>A browser leaves out a line break right behind the tag.</summary>
    private static Html Lines(string value) => new("\n" + Html.OfText(value).Text);

    private static string HintOf(string name) => name switch
    {
        "name" => "What payers pay for, such as Licences.",
        "agency_name" => "Whom they pay.",
        TypedSettings.Rate => "The GST that amounts include, such as 9 or 8.5.",
        TypedSettings.GstNumber => "Such as M90312345X. With it, receipts are tax invoices.",
        TypedSettings.Logo => "A PNG, JPEG or WebP picture, such as https://www.agency.gov.sg/logo.png. It is fetched when you save.",
        TypedSettings.Greeting => "Emails to payers begin with this.",
        _ => "",
    };

    private static string Sentence(FieldError error) => $"{TypedSettings.LabelOf(error.Field)} {error.Message}";
}
