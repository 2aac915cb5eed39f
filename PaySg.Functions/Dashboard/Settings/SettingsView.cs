using PaySg.Functions.Access.Audit;
using PaySg.Functions.Dashboard.Audit;
using PaySg.Functions.Dashboard.Payments;
using PaySg.Functions.Platform.Markup;

namespace PaySg.Functions.Dashboard.Settings;

/// <summary>The page of a payment service's settings: the form, and what was changed last.</summary>
internal sealed class SettingsView(DashboardPages pages, AuditEntryView entryView, OfficerForms forms)
{
    /// <param name="status">Of the answer.</param>
    /// <param name="form">The form.</param>
    /// <param name="changes">The newest changes, the last one first.</param>
    public ApiAnswer Print(int status, Visit visit, SettingsForm form, IReadOnlyList<AuditEntry> changes) => pages.Page(status, visit.Person, "Settings", Html.Of($"""
        <h1>Settings</h1>
        <p>Payers read this on their pages, in emails and on receipts. A receipt of a payment that is paid does not change any more.</p>
        {Html.When(form.IsSaved, $"""<p class="notice" role="status">The settings are saved.</p>""")}
        {FormField.Mistakes("Nothing was saved. Please check:", Sentences(form.Errors), form.Refusal is null ? null : Html.Of($"{form.Refusal}"))}
        <form method="post" action="{pages.In(visit.Service.Id, DashboardPages.Settings)}" class="typed">
        {forms.Hidden(visit.Person)}
        {SeenMark.Hidden(form.Stored.Version)}
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
        {Html.Join(changes.Select(entry => entryView.Print(pages.PlaceOf(visit), entry)))}
        </ol>
        <p><a href="{pages.In(visit.Service.Id, OwnerPlace.AuditLog)}">All that was done</a></p>
        """);

    private Html Field(TypedField field, SettingsForm form) => new FormField(field.Name, field.Label, form.TextOf(field.Name))
    {
        Hint = HintOf(field.Name),
        IsRequired = field.IsRequired,
        MaxLength = field.MaxLength,
        Type = field.Name switch
        {
            "support_email" => "email",
            "support_phone" => "tel",
            _ => "text",
        },
        InputMode = field.Name == TypedSettings.Rate ? "decimal" : "",
        IsShort = field.Name == TypedSettings.Rate,
        Lines = field.Name switch
        {
            TypedSettings.Address => 3,
            TypedSettings.Greeting => 5,
            _ => 0,
        },
        Below = field.Name == TypedSettings.Logo && form.Stored.Service.LogoPath is { } logo
            ? Html.Of($"""<p class="logo"><img src="{pages.LogoAt(logo)}" alt="The logo as payers see it"></p>""")
            : Html.Empty,
    }.Print(Sentences(form.Errors));

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

    private static IReadOnlyList<FieldError> Sentences(IReadOnlyList<FieldError> errors) =>
        [.. errors.Select(static error => error with { Message = $"{TypedSettings.LabelOf(error.Field)} {error.Message}" })];
}
