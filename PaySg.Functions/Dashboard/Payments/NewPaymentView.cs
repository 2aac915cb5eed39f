using PaySg.Functions.Languages;
using PaySg.Functions.Platform.Markup;

namespace PaySg.Functions.Dashboard.Payments;

/// <summary>The form that creates one payment.</summary>
internal sealed class NewPaymentView(DashboardPages pages, FormTokens tokens, IdGenerator ids, TimeProvider clock)
{
    private static readonly FieldError[] Nothing = [];
    private static readonly string[] Rare = ["payer_address", "payer_identifier", "locale", "return_url"];

    /// <summary>The form that nobody has filled in.</summary>
    public ApiAnswer Blank(Visit visit) => Print(200, visit, static _ => "", Nothing, refusal: null);

    /// <summary>The form with what was typed, and what is wrong beside it.</summary>
    /// <param name="status">Of the answer.</param>
    /// <param name="typed">What was typed into a field, by its name.</param>
    /// <param name="errors">What is wrong, by fields.</param>
    /// <param name="refusal">Why nothing was created although no field is wrong; null: nothing is to be said.</param>
    public ApiAnswer Print(int status, Visit visit, Func<string, string> typed, IReadOnlyList<FieldError> errors, string? refusal) => pages.Page(status, visit.Person, "New payment", Html.Of($"""
        <h1>New payment</h1>
        {ErrorList(errors, refusal)}
        <form method="post" action="{pages.In(visit.Service.Id, DashboardPages.NewPayment)}" class="typed">
        <input type="hidden" name="token" value="{tokens.For(visit.Person)}">
        <input type="hidden" name="form" value="{ids.NewFormKey(clock.NowInMilliseconds())}">
        {Html.Join(TypedPayment.Fields.Where(static field => !Rare.Contains(field.Name, StringComparer.Ordinal)).Select(field => Field(field, typed, errors)))}
        <details{Html.When(Rare.Any(name => typed(name).Length > 0), $" open")}>
        <summary>More about the payer and the page</summary>
        {Html.Join(TypedPayment.Fields.Where(static field => Rare.Contains(field.Name, StringComparer.Ordinal)).Select(field => Field(field, typed, errors)))}
        </details>
        <p class="actions"><button class="button" type="submit">Create the payment</button> <a class="quiet" href="{pages.PaymentsOf(visit.Service.Id)}">Back</a></p>
        </form>
        """), visit);

    private static Html ErrorList(IReadOnlyList<FieldError> errors, string? refusal) => Html.When(errors.Count > 0 || refusal is not null, $"""
        <div class="errors" role="alert" tabindex="-1">
        <h2>Nothing was created. Please check:</h2>
        <ul>
        {Html.When(refusal is not null, $"<li>{refusal}</li>")}
        {Html.Join(errors.Select(error => Html.Of($"""<li><a href="#{error.Field}">{Sentence(error)}</a></li>""")))}
        </ul>
        </div>
        """);

    private static Html Field(TypedField field, Func<string, string> typed, IReadOnlyList<FieldError> errors)
    {
        var error = errors.FirstOrDefault(candidate => candidate.Field == field.Name);
        var hint = HintOf(field.Name);
        string[] described = [.. hint.Length > 0 ? [$"{field.Name}-hint"] : Array.Empty<string>(), .. error is not null ? [$"{field.Name}-error"] : Array.Empty<string>()];
        var attributes = Html.Of($"""
            id="{field.Name}" name="{field.Name}"{Html.When(field.IsRequired, $" required")}{Html.When(error is not null, $" aria-invalid=\"true\"")}{Html.When(described.Length > 0, $" aria-describedby=\"{string.Join(' ', described)}\"")}
            """);
        return Html.Of($"""
            <div class="field{Html.When(error is not null, $" wrong")}">
            <label for="{field.Name}">{field.Label}{Html.When(!field.IsRequired, $" <span class=\"quiet\">(optional)</span>")}</label>
            {Html.When(hint.Length > 0, $"""<p class="hint" id="{field.Name}-hint">{hint}</p>""")}
            {(error is null ? Html.Empty : Html.Of($"""<p class="error" id="{field.Name}-error">{Sentence(error)}</p>"""))}
            {(field.Name == "locale" ? Languages(attributes, typed(field.Name)) : Input(field, attributes, typed(field.Name), error is not null))}
            </div>
            """);
    }

    /// <summary>A browser shows no date that is none: what was typed is to be seen all the same.</summary>
    private static Html Input(TypedField field, Html attributes, string value, bool isWrong)
    {
        var type = field.Name switch
        {
            TypedPayment.DueDate when !isWrong => "date",
            "payer_email" => "email",
            _ => "text",
        };
        return Html.Of($"""<input type="{type}" {attributes} value="{value}" maxlength="{field.MaxLength}" autocomplete="off"{Html.When(field.Name == TypedPayment.Amount, $" inputmode=\"decimal\"")}>""");
    }

    private static Html Languages(Html attributes, string chosen) => Html.Of($"""
        <select {attributes}>
        <option value="">The payer’s own choice</option>
        {Html.Join(Language.OfPayments.Select(language => Html.Of($"""<option value="{language.Tag}" lang="{language.HtmlTag}"{Html.When(language.Tag == chosen, $" selected")}>{language.OwnName}</option>""")))}
        </select>
        """);

    private static string HintOf(string name) => name switch
    {
        "payer_email" => "The link and the receipt are sent there.",
        "description" => "The payer reads this.",
        TypedPayment.Amount => "Such as 11.30.",
        "payer_identifier" => "NRIC, UEN or passport number, for example.",
        "return_url" => "An address that begins with https://.",
        _ => "",
    };

    private static string Sentence(FieldError error) => error.Message.Length > 0 && char.IsUpper(error.Message[0])
        ? error.Message
        : $"{TypedPayment.Fields.FirstOrDefault(field => field.Name == error.Field)?.Label ?? error.Field} {error.Message}";
}
