using PaySg.Functions.Languages;
using PaySg.Functions.Platform.Markup;

namespace PaySg.Functions.Dashboard.Payments;

/// <summary>The form that creates one payment.</summary>
internal sealed class NewPaymentView(DashboardPages pages, OfficerForms forms)
{
    private static readonly FieldError[] Nothing = [];
    private static readonly string[] Rare = ["payer_address", "payer_identifier", "locale", "return_url"];

    /// <summary>The form that nobody has filled in.</summary>
    public ApiAnswer Blank(Visit visit) => Print(200, visit, NewPaymentForm.Blank, Nothing, refusal: null);

    /// <summary>The form with what was typed, and what is wrong beside it.</summary>
    /// <param name="status">Of the answer.</param>
    /// <param name="form">What was typed.</param>
    /// <param name="errors">What is wrong, by fields.</param>
    /// <param name="refusal">Why nothing was created although no field is wrong; null: nothing is to be said.</param>
    public ApiAnswer Print(int status, Visit visit, NewPaymentForm form, IReadOnlyList<FieldError> errors, string? refusal)
    {
        var sentences = Sentences(errors);
        return pages.Page(status, visit.Person, "New payment", Html.Of($"""
            <h1>New payment</h1>
            {FormField.Mistakes("Nothing was created. Please check:", sentences, refusal is null ? null : Html.Of($"{refusal}"))}
            <form method="post" action="{PathOf(visit)}" class="typed">
            {DefaultButton}
            {forms.Hidden(visit.Person)}
            {Html.Join(TypedPayment.Fields.Where(static field => !Rare.Contains(field.Name, StringComparer.Ordinal)).Select(field => Field(field, form.TextOf, sentences)))}
            {Items(visit, form, sentences)}
            <details{Html.When(Rare.Any(name => form.TextOf(name).Length > 0), $" open")}>
            <summary>More about the payer and the page</summary>
            {Html.Join(TypedPayment.Fields.Where(static field => Rare.Contains(field.Name, StringComparer.Ordinal)).Select(field => Field(field, form.TextOf, sentences)))}
            </details>
            {Metadata(visit, form, sentences)}
            <p class="actions"><button class="button" type="submit">Create the payment</button> <a class="quiet" href="{pages.PaymentsOf(visit.Service.Id)}">Back</a></p>
            </form>
            """), visit);
    }

    /// <summary>Whoever presses Enter in a field sends the form by its first button, and does not mean to have more rows.</summary>
    private static Html DefaultButton { get; } = Html.Of($"""<button class="unseen" type="submit" tabindex="-1" aria-hidden="true">Create the payment</button>""");

    private string PathOf(Visit visit) => pages.In(visit.Service.Id, DashboardPages.NewPayment);

    private Html Items(Visit visit, NewPaymentForm form, IReadOnlyList<FieldError> errors) => Html.Of($"""
        <details{Html.When(form.HasItems, $" open")}>
        <summary>What is paid for, line by line</summary>
        <fieldset class="field" id="{TypedItem.All}" tabindex="-1" aria-describedby="{TypedItem.All}-hint">
        <legend>Items</legend>
        <p class="hint" id="{TypedItem.All}-hint">The payer and the receipt list them. An amount is that of its whole line, whatever the quantity; together they are the amount above.</p>
        {Mistake(TypedItem.All, errors)}
        {Html.Join(Enumerable.Range(1, form.ItemRows).Select(row => Html.Of($"""
            <div class="row item">
            {Cell(TypedItem.FieldOf(row, TypedItem.DescriptionPart), $"Item {row}", 255, form, errors)}
            {Cell(TypedItem.FieldOf(row, TypedItem.QuantityPart), $"Quantity {row}", 7, form, errors, "numeric")}
            {Cell(TypedItem.FieldOf(row, TypedItem.AmountPart), $"S$ {row}", 20, form, errors, "decimal")}
            </div>
            """)))}
        {Html.When(form.ItemRows < NewPaymentForm.MostItems, $"{More(visit, NewPaymentForm.MoreItems, "More items", TypedItem.All)}")}
        </fieldset>
        </details>
        """);

    private Html Metadata(Visit visit, NewPaymentForm form, IReadOnlyList<FieldError> errors) => Html.Of($"""
        <details{Html.When(form.HasMetadata, $" open")}>
        <summary>Metadata</summary>
        <fieldset class="field" id="{TypedPayment.Metadata}" tabindex="-1" aria-describedby="{TypedPayment.Metadata}-hint">
        <legend>Metadata</legend>
        <p class="hint" id="{TypedPayment.Metadata}-hint">For your own systems: the payer does not see it. Up to {NewPaymentForm.MostMetadata} names, each with a value.</p>
        {Mistake(TypedPayment.Metadata, errors)}
        {Html.Join(Enumerable.Range(1, form.MetadataRows).Select(row => Html.Of($"""
            <div class="row">
            {Cell(NewPaymentForm.NameField(row), $"Name {row}", NewPaymentForm.LongestName, form, errors)}
            {Cell(NewPaymentForm.ValueField(row), $"Value {row}", 255, form, errors)}
            </div>
            """)))}
        {Html.When(form.MetadataRows < NewPaymentForm.MostMetadata, $"{More(visit, NewPaymentForm.MoreMetadata, "More metadata", TypedPayment.Metadata)}")}
        </fieldset>
        </details>
        """);

    private static Html Mistake(string name, IReadOnlyList<FieldError> errors) =>
        errors.FirstOrDefault(error => error.Field == name) is { } error ? Html.Of($"""<p class="error" id="{name}-error">{error.Message}</p>""") : Html.Empty;

    private static Html Cell(string name, string label, int maxLength, NewPaymentForm form, IReadOnlyList<FieldError> errors, string inputMode = "") =>
        new FormField(name, label, form.TextOf(name)) { IsFilter = true, MaxLength = maxLength, InputMode = inputMode }.Print(errors);

    /// <summary>A button that sends the form to get more rows: nothing is checked, and the browser comes back to where it was.</summary>
    private Html More(Visit visit, string name, string text, string place) => Html.Of($"""
        <button class="button second" type="submit" name="{name}" value="1" formnovalidate formaction="{PathOf(visit)}#{place}">{text}</button>
        """);

    private static Html Field(TypedField field, Func<string, string> typed, IReadOnlyList<FieldError> errors) => new FormField(field.Name, field.Label, typed(field.Name))
    {
        Hint = HintOf(field.Name),
        IsRequired = field.IsRequired,
        MaxLength = field.MaxLength,
        Type = field.Name switch
        {
            TypedPayment.DueDate => "date",
            "payer_email" => "email",
            _ => "text",
        },
        InputMode = field.Name == TypedPayment.Amount ? "decimal" : "",
        Choices = field.Name == "locale"
            ? [new("", "The payer’s own choice"), .. Language.OfPayments.Select(language => new FieldChoice(language.Tag, language.OwnName, language.HtmlTag))]
            : null,
    }.Print(errors);

    private static string HintOf(string name) => name switch
    {
        "payer_email" => "The link and the receipt are sent there.",
        "description" => "The payer reads this.",
        TypedPayment.Amount => "Such as 11.30.",
        "payer_identifier" => "NRIC, UEN or passport number, for example.",
        "return_url" => "An address that begins with https://.",
        _ => "",
    };

    private static IReadOnlyList<FieldError> Sentences(IReadOnlyList<FieldError> errors) => [.. errors.Select(error => error with { Message = Sentence(error) })];

    private static string Sentence(FieldError error) => error.Message.Length > 0 && char.IsUpper(error.Message[0])
        ? error.Message
        : $"{TypedPayment.Fields.FirstOrDefault(field => field.Name == error.Field)?.Label ?? error.Field} {error.Message}";
}
