using PaySg.Functions.Access.Accounts;
using PaySg.Functions.Languages;
using PaySg.Functions.PaymentLinks;
using PaySg.Functions.PaymentLinks.Attempts;
using PaySg.Functions.PaymentLinks.Methods;
using PaySg.Functions.Platform.Markup;

namespace PaySg.Functions.Pages.PaymentLinks;

/// <summary>The pages of a payment link for one reader, before anybody pays, one method each. Amounts and times are as in Indonesia.</summary>
internal sealed class LinkPages(Reader reader, PageAnswers pages)
{
    private readonly Texts say = reader.Say;

    /// <summary>What is to be paid, and the way on.</summary>
    internal ApiAnswer Summary(PaymentLink link, Account? account) => Answer(200, link, account, say.Payment.Pay(Texts.Rupiah(link.TotalAmount)), Html.Of($"""
        <h1>{say.Payment.Pay(LinkParts.Amount(link.TotalAmount))}</h1>
        {FactsOf(link, account, isOpen: true)}
        {LinkParts.Amounts(say, link, say.Facts.Total)}
        <p class="actions"><a class="button" href="{LinkPagePath.Step(LinkPagePath.Method)}">{say.Page.Proceed}</a></p>
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
        var words = MethodWords.Of(say, form.Chosen.Group);
        var heading = form.TakesCard ? say.Payment.EnterCard : MethodWords.NameOf(say.Methods, form.Chosen);
        var title = (isWrong, isStale) switch
        {
            (_, true) => say.Link.SendAgain,
            (true, _) => say.Link.CheckDetails,
            _ => heading,
        };
        return Answer(isWrong ? 400 : 200, link, account, title, Html.Of($"""
            <h1>{heading}</h1>
            {LinkParts.Strip(link)}
            {(isStale
                ? Html.Of($"""<div class="errors" role="alert" tabindex="-1"><p>{say.Link.OpenTooLong}</p></div>""")
                : FormField.ErrorList(say.Form, form.Errors))}
            {Html.When(words.Before.Length > 0, $"""<p>{words.Before}</p>""")}
            <form id="{PageForm.Id}" method="post" action="{LinkPagePath.Of(pages.Root, link.ReffNo)}" novalidate data-once="{say.Page.OneMoment}">
            {PageForm.MarkOf(form.Errors)}
            <input type="hidden" name="action" value="pay">
            <input type="hidden" name="method" value="{form.Chosen.Code}">
            <input type="hidden" name="{FormKey.Field}" value="{key}">
            {(link.RequiredCustomerDetail ? CustomerFields(form) : Html.Empty)}
            {(form.TakesCard ? CardFields.Of(say.Form, form.Card, form.Errors) : Html.Empty)}
            <p class="actions"><button class="button" type="submit">{(form.TakesCard ? say.Payment.Pay(Texts.Rupiah(link.TotalAmount)) : words.Begin)}</button> <a class="quiet" href="{LinkPagePath.Step(LinkPagePath.Method)}">{say.Page.PayAnotherWay}</a></p>
            </form>
            """), PageForm.Id);
    }

    /// <summary>Why nobody can pay on the link.</summary>
    /// <param name="account">Whose it is.</param>
    /// <param name="refusal">Why it cannot be paid.</param>
    internal ApiAnswer Refusal(PaymentLink link, Account? account, LinkRefusal refusal)
    {
        var payee = LinkParts.PayeeOf(account).Name;
        var (heading, text, way) = refusal switch
        {
            LinkRefusal.Closed => (say.Link.Closed, say.Link.ClosedText(payee), null),
            // Its owner may end it before its date.
            LinkRefusal.Expired when link.Status == PaymentLinkStatus.Expired => (say.Link.Expired, say.Link.EndedByMerchant(payee), link.AfterExpiry),
            LinkRefusal.Expired => (say.Link.Expired, say.Link.ExpiredAt(say.JakartaTime(link.ExpiredAt!.Value), payee), link.AfterExpiry),
            LinkRefusal.UsedUp => (say.Link.UsedUp, say.Link.UsedUpText(payee), (string?)null),
            LinkRefusal.NoMethods => (say.Link.NoMethods, say.Link.NoMethodsText(payee), null),
            _ => (say.Link.NotPayable, say.Link.NotPayableText(payee), null),
        };
        return Answer(200, link, account, heading, Html.Of($"""
            <h1>{heading}</h1>
            <p>{text}</p>
            {FactsOf(link, account, isOpen: false)}
            {LinkParts.WayOn(say, way)}
            """));
    }

    private Html FactsOf(PaymentLink link, Account? account, bool isOpen) => Html.Of($"""
        <dl>
        {Facts.Line(say.Facts.To, LinkParts.PayeeOf(account).Name)}
        {Facts.Line(say.Facts.For, link.Title)}
        {Facts.Line(say.Facts.Details, link.Description)}
        {Facts.Line(say.Facts.Reference, link.ReffNo)}
        {Facts.Line(say.Facts.PayBefore, isOpen && link.ExpiredAt is { } end ? say.JakartaTime(end) : null)}
        </dl>
        """);

    private Html CustomerFields(LinkForm form) => Html.Of($"""
        {new FormField(LinkForm.Name, say.Link.YourName, "name") { MaxLength = LinkCustomer.MaxNameLength, Value = form.ShownCustomer.Name }.Print(say.Form, form.Errors)}
        {new FormField(LinkForm.Email, say.Link.Email, "email") { Type = "email", Mode = "email", MaxLength = LinkCustomer.MaxEmailLength, Value = form.ShownCustomer.Email }.Print(say.Form, form.Errors)}
        {new FormField(LinkForm.Phone, say.Link.Phone, "tel") { Type = "tel", Mode = "tel", MaxLength = LinkCustomer.MaxPhoneLength, Value = form.ShownCustomer.Phone }.Print(say.Form, form.Errors)}
        """);

    private ApiAnswer Methods(PaymentLink link, Account? account, bool isRefused)
    {
        var allowed = PaymentLinkMethods.All.Where(method => link.Allows(method.Code)).ToList();
        return Answer(isRefused ? 400 : 200, link, account, say.Payment.ChooseHowToPay, Html.Of($"""
            <h1>{say.Payment.ChooseHowToPay}</h1>
            {LinkParts.Strip(link)}
            {Html.When(isRefused, $"""<div class="errors" role="alert" tabindex="-1"><p>{say.Payment.ChooseOneBelow} {say.Link.NothingCharged}</p></div>""")}
            <form method="get" action="{LinkPagePath.Of(pages.Root, link.ReffNo)}">
            <input type="hidden" name="step" value="{LinkPagePath.Details}">
            {Html.Join(from kind in MethodWords.Groups
                       let methods = allowed.Where(method => method.Group == kind).ToList()
                       where methods.Count > 0
                       select Html.Of($"""
                           <fieldset>
                           <legend>{MethodWords.Of(say, kind).Legend}</legend>
                           <div class="choices">
                           {Html.Join(methods.Select(method => Html.Of($"""
                               <label class="choice"><input type="radio" name="method" value="{method.Code}" required{Html.When(method == allowed[0], $" checked")}><span><strong>{MethodWords.ShortNameOf(say.Methods, method)}</strong></span></label>
                               """)))}
                           </div>
                           </fieldset>
                           """))}
            <p class="actions"><button class="button" type="submit">{say.Page.Continue}</button> <a class="quiet" href="?">{say.Page.Back}</a></p>
            </form>
            """));
    }

    private ApiAnswer Answer(int status, PaymentLink link, Account? account, string title, Html body, string? formId = null) =>
        pages.Page(status, LinkParts.Page(reader, account, $"link {link.ReffNo}", title, body) with { FormId = formId });
}
