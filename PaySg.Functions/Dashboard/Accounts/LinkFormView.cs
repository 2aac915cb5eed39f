using PaySg.Functions.Languages;
using PaySg.Functions.PaymentLinks;
using PaySg.Functions.PaymentLinks.Methods;
using PaySg.Functions.Platform.Markup;

namespace PaySg.Functions.Dashboard.Accounts;

/// <summary>The forms that create a payment link and change one.</summary>
internal sealed class LinkFormView(AccountPages pages, OfficerForms forms)
{
    private static readonly FieldError[] Nothing = [];

    /// <summary>The form of a new link that nobody has filled in.</summary>
    public ApiAnswer Blank(AccountVisit visit) => New(200, visit, static name => name == TypedLink.MaxUsage ? "1" : "", Nothing, refusal: null);

    /// <summary>The form of a new link with what was typed, and what is wrong beside it.</summary>
    /// <param name="status">Of the answer.</param>
    /// <param name="typed">What was typed into a field, by its name.</param>
    /// <param name="errors">What is wrong, by fields.</param>
    /// <param name="refusal">Why nothing was created although no field is wrong, or what else is to be known; null: nothing.</param>
    public ApiAnswer New(int status, AccountVisit visit, Func<string, string> typed, IReadOnlyList<FieldError> errors, Html? refusal)
    {
        return pages.Page(status, visit, "New payment link", Html.Of($"""
        <h1>New payment link</h1>
        {FormField.Mistakes("Nothing was created. Please check:", errors, refusal)}
        <form method="post" action="{pages.In(visit.Account.Id, AccountPages.NewLink)}" class="typed">
        {forms.Hidden(visit.Person)}
        {Field(TypedLink.ReffNo, "Reference", "It is part of the link’s address and cannot be used twice: letters, digits and . _ ~ : -", PaymentLinkReffNo.MaxLength, isRequired: true)}
        {Field(TypedLink.Title, "Title", "The payer reads this first. Empty: the reference.", PaymentLinkFields.MaxName)}
        {Field(TypedLink.Amount, "Amount in rupiah", "Whole rupiah, digits only, such as 150000.", 20, isRequired: true)}
        {Field(TypedLink.Description, "Description", "", 1000)}
        {Terms(typed, errors, "Jakarta time. Empty: in 24 hours.")}
        {new FormField(TypedLink.Locale, "Language", typed(TypedLink.Locale)) { Choices = [new("", "The payer’s own choice"), .. Language.OfLinks.Select(language => new FieldChoice(language.Tag, language.OwnName, language.HtmlTag))] }.Print(errors)}
        <p class="actions"><button class="button" type="submit">Create the link</button> <a class="quiet" href="{pages.LinksOf(visit.Account.Id)}">Back</a></p>
        </form>
        """));

        Html Field(string name, string label, string hint, int maxLength, bool isRequired = false) =>
            new FormField(name, label, typed(name)) { Hint = hint, MaxLength = maxLength, IsRequired = isRequired }.Print(errors);
    }

    /// <summary>The form that changes a link.</summary>
    /// <param name="status">Of the answer.</param>
    /// <param name="mark">Which terms its reader has seen (<see cref="TermsMark"/>).</param>
    /// <param name="typed">What is in a field, by its name.</param>
    /// <param name="errors">What is wrong, by fields.</param>
    /// <param name="refusal">Why nothing was changed although no field is wrong; null: nothing is to be said.</param>
    public ApiAnswer Edit(int status, AccountVisit visit, PaymentLink link, string mark, Func<string, string> typed, IReadOnlyList<FieldError> errors, Html? refusal) => pages.Page(status, visit, $"Change {link.ReffNo}", Html.Of($"""
        <h1>Change {link.ReffNo}</h1>
        {FormField.Mistakes("Nothing was changed. Please check:", errors, refusal)}
        <p class="strip"><span>{link.Title}</span> <strong>{Texts.Rupiah(link.TotalAmount)}</strong></p>
        <p>Reference, title and amount stay as they are: payers may have seen them.</p>
        <form method="post" action="{pages.LinkOf(visit.Account.Id, link.Id)}" class="typed">
        {forms.Hidden(visit.Person, LinkSteps.Edit)}
        {SeenMark.Hidden(mark)}
        {new FormField(TypedLink.Status, "Status", typed(TypedLink.Status)) { Choices = [new("open", "Open"), new("closed", "Closed"), new("expired", "Expired")] }.Print(errors)}
        {Terms(typed, errors, "Jakarta time. Empty: it never ends.")}
        <p class="actions"><button class="button" type="submit">Save</button> <a class="quiet" href="{pages.LinkOf(visit.Account.Id, link.Id)}">Back</a></p>
        </form>
        """));

    /// <summary>What can be changed later, too.</summary>
    private static Html Terms(Func<string, string> typed, IReadOnlyList<FieldError> errors, string endHint)
    {
        string[] rare = ["customer_name", "customer_email", "customer_phone", "redirect_url", "success_redirect_url", "expired_redirect_url"];
        var isRestricted = PaymentLinkMethods.All.Any(method => typed(TypedLink.MethodField(method.Code)).Length > 0);
        return Html.Of($"""
            {Field(TypedLink.MaxUsage, "How often it can be paid", "0: any number of times.", 7)}
            {new FormField(TypedLink.ExpiredAt, "Ends at", typed(TypedLink.ExpiredAt)) { Hint = endHint, Type = "datetime-local", MaxLength = 40 }.Print(errors)}
            <div class="field">{FormField.Box(TypedLink.AsksCustomer, "Ask the payer for name, email and phone", typed(TypedLink.AsksCustomer).Length > 0)}</div>
            <details{Html.When(isRestricted || errors.Any(error => error.Field == TypedLink.Methods), $" open")}>
            <summary>Ways to pay</summary>
            <fieldset class="field" id="{TypedLink.Methods}"><legend>Ways to pay</legend>
            <p class="hint">None ticked: all of them.</p>
            {Html.Join(PaymentLinkMethods.All.Select(method => FormField.Box(TypedLink.MethodField(method.Code), method.Name, typed(TypedLink.MethodField(method.Code)).Length > 0)))}
            </fieldset>
            </details>
            <details{Html.When(rare.Any(name => typed(name).Length > 0 || errors.Any(error => error.Field == name)), $" open")}>
            <summary>Who is meant to pay, and where payers go afterwards</summary>
            {Field("customer_name", "Payer’s name", "Only for a link that can be paid once.", 255)}
            {Field("customer_email", "Payer’s email", "", 255)}
            {Field("customer_phone", "Payer’s phone", "", 30)}
            {Field("redirect_url", "Where payers go afterwards", "An address that begins with https://.", PaymentLinkFields.MaxUrl)}
            {Field("success_redirect_url", "Instead, after paying", "", PaymentLinkFields.MaxUrl)}
            {Field("expired_redirect_url", "Instead, once it has ended", "", PaymentLinkFields.MaxUrl)}
            </details>
            """);

        Html Field(string name, string label, string hint, int maxLength) => new FormField(name, label, typed(name)) { Hint = hint, MaxLength = maxLength }.Print(errors);
    }
}
