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
        {FormField.Mistakes("Nothing was created. Please check:", Sentences(errors), refusal is null ? null : Html.Of($"{refusal}"))}
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
    }.Print(Sentences(errors));

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
