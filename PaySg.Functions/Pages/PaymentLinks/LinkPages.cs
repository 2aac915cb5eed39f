using PaySg.Functions.Access.Accounts;
using PaySg.Functions.PaymentLinks;
using PaySg.Functions.PaymentLinks.Attempts;
using PaySg.Functions.PaymentLinks.Methods;
using PaySg.Functions.Platform.Markup;

namespace PaySg.Functions.Pages.PaymentLinks;

/// <summary>The pages of a payment link before anybody pays, one method each. They are in English, as all pages are; amounts and times are as in Indonesia.</summary>
internal sealed class LinkPages(PageAnswers pages)
{
    /// <summary>What is to be paid, and the way on.</summary>
    internal ApiAnswer Summary(PaymentLink link, Account? account) => Answer(200, link, account, $"Pay {ShownText.Rupiah(link.TotalAmount)}", Html.Of($"""
        <h1>Pay {LinkParts.Amount(link.TotalAmount)}</h1>
        {FactsOf(link, account, isOpen: true)}
        {LinkParts.Amounts(link, "Total")}
        <p class="actions"><a class="button" href="{LinkPagePath.Step(LinkPagePath.Method)}">Proceed</a></p>
        """));

    /// <summary>The choice of a method.</summary>
    internal ApiAnswer Methods(PaymentLink link, Account? account) => Methods(link, account, isRefused: false);

    /// <summary>The choice of a method, after one that the link does not take.</summary>
    internal ApiAnswer MethodsAgain(PaymentLink link, Account? account) => Methods(link, account, isRefused: true);

    /// <summary>What the method takes: the payer's details where the link asks for them, a card, and the button that begins.</summary>
    /// <param name="account">Whose it is.</param>
    /// <param name="form">What was typed, and what is wrong with it.</param>
    /// <param name="key">See <see cref="FormKey"/>.</param>
    /// <param name="isStale">Whether the form was sent too late, and is shown for another try.</param>
    internal ApiAnswer Details(PaymentLink link, Account? account, LinkForm form, string key, bool isStale = false)
    {
        var isWrong = isStale || form.Errors.Count > 0;
        var words = MethodWords.Of(form.Chosen);
        var heading = form.TakesCard ? "Enter your card details" : MethodWords.NameOf(form.Chosen);
        var title = (isWrong, isStale) switch
        {
            (_, true) => "Send the form again",
            (true, _) => "Check your details",
            _ => heading,
        };
        return Answer(isWrong ? 400 : 200, link, account, title, Html.Of($"""
            <h1>{heading}</h1>
            {LinkParts.Strip(link)}
            {(isStale
                ? Html.Of($"""<div class="errors" role="alert" tabindex="-1"><p>This page was open for too long. Nothing was charged. Check what you entered, and send it again.</p></div>""")
                : FormField.ErrorList(form.Errors))}
            {Html.When(words.Before.Length > 0, $"""<p>{words.Before}</p>""")}
            <form method="post" action="{LinkPagePath.Of(pages.Root, link.ReffNo)}" novalidate data-once="One moment…">
            <input type="hidden" name="action" value="pay">
            <input type="hidden" name="method" value="{form.Chosen.Code}">
            <input type="hidden" name="{FormKey.Field}" value="{key}">
            {(link.RequiredCustomerDetail ? CustomerFields(form) : Html.Empty)}
            {(form.TakesCard ? CardFields.Of(form.Card, form.Errors) : Html.Empty)}
            <p class="actions"><button class="button" type="submit">{(form.TakesCard ? $"Pay {ShownText.Rupiah(link.TotalAmount)}" : words.Begin)}</button> <a class="quiet" href="{LinkPagePath.Step(LinkPagePath.Method)}">Pay another way</a></p>
            </form>
            """));
    }

    /// <summary>Why nobody can pay on the link.</summary>
    /// <param name="account">Whose it is.</param>
    /// <param name="refusal">Why it cannot be paid.</param>
    internal ApiAnswer Refusal(PaymentLink link, Account? account, LinkRefusal refusal)
    {
        var payee = LinkParts.PayeeOf(account).Name;
        var (heading, text, way) = refusal switch
        {
            LinkRefusal.Closed => ("This payment link is closed", $"{payee} does not accept payments on it at the moment. Nothing was charged.", null),
            LinkRefusal.Expired => ("This payment link has expired", $"It could be paid {Until(link)}. Nothing was charged. To pay all the same, ask {payee} for another link.", link.AfterExpiry),
            LinkRefusal.UsedUp => ("This payment link is used up", $"It was paid as often as it can be. To pay all the same, ask {payee} for another link.", (string?)null),
            LinkRefusal.NoMethods => ("This payment link cannot be paid online", $"No method of payment is set up for it. Nothing was charged. Contact {payee} to pay another way.", null),
            _ => ("This payment link cannot be paid", $"{payee} does not accept payments at the moment. Nothing was charged.", null),
        };
        return Answer(200, link, account, heading, Html.Of($"""
            <h1>{heading}</h1>
            <p>{text}</p>
            {FactsOf(link, account, isOpen: false)}
            {LinkParts.WayOn(way)}
            """));
    }

    private static string Until(PaymentLink link) =>
        link.ExpiredAt is { } end ? $"until {ShownText.TimeInJakarta(end)}" : "until the merchant closed it";

    private static Html FactsOf(PaymentLink link, Account? account, bool isOpen) => Html.Of($"""
        <dl>
        {Facts.Line("To", LinkParts.PayeeOf(account).Name)}
        {Facts.Line("For", link.Title)}
        {Facts.Line("Details", link.Description)}
        {Facts.Line("Reference", link.ReffNo)}
        {Facts.Line("Pay before", isOpen && link.ExpiredAt is { } end ? ShownText.TimeInJakarta(end) : null)}
        </dl>
        """);

    private static Html CustomerFields(LinkForm form) => Html.Of($"""
        {new FormField(LinkForm.Name, "Your name", "name") { MaxLength = LinkCustomer.MaxNameLength, Value = form.Customer.Name }.Print(form.Errors)}
        {new FormField(LinkForm.Email, "E-mail address", "email") { Type = "email", Mode = "email", MaxLength = LinkCustomer.MaxEmailLength, Value = form.Customer.Email }.Print(form.Errors)}
        {new FormField(LinkForm.Phone, "Phone number", "tel") { Type = "tel", Mode = "tel", MaxLength = LinkCustomer.MaxPhoneLength, Value = form.Customer.Phone }.Print(form.Errors)}
        """);

    private ApiAnswer Methods(PaymentLink link, Account? account, bool isRefused)
    {
        var allowed = PaymentLinkMethods.All.Where(method => link.Allows(method.Code)).ToList();
        return Answer(isRefused ? 400 : 200, link, account, "Choose how to pay", Html.Of($"""
            <h1>Choose how to pay</h1>
            {LinkParts.Strip(link)}
            {Html.When(isRefused, $"""<div class="errors" role="alert" tabindex="-1"><p>Choose one of the methods below. Nothing was charged.</p></div>""")}
            <form method="get" action="{LinkPagePath.Of(pages.Root, link.ReffNo)}">
            <input type="hidden" name="step" value="{LinkPagePath.Details}">
            {Html.Join(from words in MethodWords.All
                       let methods = allowed.Where(method => method.Group == words.Group).ToList()
                       where methods.Count > 0
                       select Html.Of($"""
                           <fieldset>
                           <legend>{words.Legend}</legend>
                           <div class="choices">
                           {Html.Join(methods.Select(method => Html.Of($"""
                               <label class="choice"><input type="radio" name="method" value="{method.Code}" required{Html.When(method == allowed[0], $" checked")}><span><strong>{method.Brand}</strong></span></label>
                               """)))}
                           </div>
                           </fieldset>
                           """))}
            <p class="actions"><button class="button" type="submit">Continue</button> <a class="quiet" href="?">Back</a></p>
            </form>
            """));
    }

    private ApiAnswer Answer(int status, PaymentLink link, Account? account, string title, Html body) =>
        pages.Page(status, LinkParts.Page(account, $"link {link.ReffNo}", title, body));
}
