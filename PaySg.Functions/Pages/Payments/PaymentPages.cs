using PaySg.Functions.Access;
using PaySg.Functions.Gateway;
using PaySg.Functions.Languages;
using PaySg.Functions.Payments;
using PaySg.Functions.Payments.Receipts;
using PaySg.Functions.Platform.Markup;

namespace PaySg.Functions.Pages.Payments;

/// <summary>The pages of a payment for one reader, one method each (guide, pages "Payment link page" and "Create a payment").</summary>
internal sealed class PaymentPages(Reader reader, PageAnswers pages, GatewayBorder gateway, TimeProvider clock)
{
    private readonly Texts say = reader.Say;
    private readonly IReadOnlyList<PayerMethod> methods = PayerMethod.Of(gateway.Methods, reader.Say.Methods);

    /// <summary>The method of this kind; null: not offered.</summary>
    internal PayerMethod? Find(string? kind) => methods.FirstOrDefault(method => method.Kind == kind);

    /// <summary>What is to be paid, and the way on.</summary>
    internal ApiAnswer Summary(Payment payment, PaymentService? service) => Answer(200, payment, service, "unpaid", say.Payment.Pay(Amount(payment)), Html.Of($"""
        <h1>{say.Payment.Pay(Amount(payment))}</h1>
        {FactsOf(payment, Payee.Of(service))}
        {Amounts(payment, service)}
        <p class="actions"><a class="button" href="{PaymentPagePath.Step(PaymentPagePath.Method)}">{say.Page.Proceed}</a></p>
        """));

    /// <summary>The choice of a method.</summary>
    internal ApiAnswer Methods(Payment payment, PaymentService? service) => Methods(payment, service, isRefused: false);

    /// <summary>The choice of a method, after one that is not offered.</summary>
    internal ApiAnswer MethodsAgain(Payment payment, PaymentService? service) => Methods(payment, service, isRefused: true);

    private ApiAnswer Methods(Payment payment, PaymentService? service, bool isRefused)
    {
        var offered = methods.Where(method => method.Offered.Takes(payment.Details.AmountInCents)).ToList();
        return offered.Count == 0 ? NotPayableHere(payment, service) : Answer(
            isRefused ? 400 : 200, payment, service, "unpaid", say.Payment.ChooseHowToPay, Html.Of($"""
            <h1>{say.Payment.ChooseHowToPay}</h1>
            {Strip(payment)}
            {Html.When(isRefused, $"""<div class="errors" role="alert" tabindex="-1"><p>{say.Payment.ChooseOneBelow}</p></div>""")}
            <form method="get" action="{PathOf(payment)}">
            <input type="hidden" name="step" value="{PaymentPagePath.Details}">
            <fieldset>
            <legend>{say.Facts.PaymentMethod}</legend>
            {Html.Join(offered.Select((method, index) => Html.Of($"""
                <label class="choice"><input type="radio" name="method" value="{method.Kind}" required{Html.When(index == 0, $" checked")}><span><strong>{method.Name}</strong><br><span class="quiet">{method.Hint}</span></span></label>
                """)))}
            </fieldset>
            <p class="actions"><button class="button" type="submit">{say.Page.Continue}</button> <a class="quiet" href="?">{say.Page.Back}</a></p>
            </form>
            """));
    }

    /// <summary>No method takes the amount.</summary>
    private ApiAnswer NotPayableHere(Payment payment, PaymentService? service)
    {
        var least = methods.Min(static method => method.Offered.LeastInCents);
        var most = methods.Max(static method => method.Offered.MostInCents);
        return Answer(200, payment, service, "unpaid", say.Payment.NotPayableOnline, Html.Of($"""
            <h1>{say.Payment.NotPayableOnline}</h1>
            {Strip(payment)}
            <p>{say.Payment.AmountsTaken(say.Dollars(least), say.Dollars(most), Payee.Of(service).Contact)}</p>
            """));
    }

    /// <summary>The fields of a card, and what is wrong with them.</summary>
    internal ApiAnswer Card(Payment payment, PaymentService? service, CardForm form) => Answer(
        form.Errors.Count > 0 ? 400 : 200, payment, service, "unpaid", form.Errors.Count > 0 ? say.Payment.CheckCard : say.Payment.EnterCard, Html.Of($"""
        <h1>{say.Payment.EnterCard}</h1>
        {Strip(payment)}
        {FormField.ErrorList(say.Form, form.Errors)}
        <form id="{PageForm.Id}" method="post" action="{PathOf(payment)}" novalidate data-once="{say.Page.Paying}">
        {PageForm.MarkOf(form.Errors)}
        <input type="hidden" name="action" value="pay">
        <input type="hidden" name="method" value="{MethodKinds.Card}">
        {CardFields.Of(say.Form, form, form.Errors)}
        <p class="actions"><button class="button" type="submit">{say.Payment.Pay(Amount(payment))}</button> <a class="quiet" href="{PaymentPagePath.Step(PaymentPagePath.Method)}">{say.Page.PayAnotherWay}</a></p>
        </form>
        """), PageForm.Id);

    /// <summary>What PayNow will be like, before it begins.</summary>
    internal ApiAnswer PayNow(Payment payment, PaymentService? service) => Answer(200, payment, service, "unpaid", say.Payment.PayWithPayNow, Html.Of($"""
        <h1>{say.Payment.PayWithPayNow}</h1>
        {Strip(payment)}
        <p>{say.Payment.PayNowBefore(Amount(payment))}</p>
        {PayForm(payment, MethodKinds.PayNow, say.Methods.ShowQrCode)}
        """));

    /// <summary>The card is entered on a page of the gateway's, before the payer is led there.</summary>
    internal ApiAnswer CardElsewhere(Payment payment, PaymentService? service) => Answer(200, payment, service, "unpaid", say.Payment.PayByCard, Html.Of($"""
        <h1>{say.Payment.PayByCard}</h1>
        {Strip(payment)}
        <p>{say.Payment.CardElsewhere}</p>
        {PayForm(payment, MethodKinds.Card, say.Payment.ContinueToStripe)}
        """));

    /// <summary>Leads on to the gateway's page. A form's answer may not lead to another site (form-action), so the form leads here.</summary>
    internal ApiAnswer Onward(Payment payment, PaymentService? service, string url) => pages.Page(200, new Page(reader, say.Payment.ContinueToStripe, Payee.Of(service), Html.Of($"""
        <h1>{say.Payment.ContinueToStripe}</h1>
        {Strip(payment)}
        <p>{say.Payment.TakingYouToStripe}</p>
        <p class="actions"><a class="button" href="{url}">{say.Payment.EnterCard}</a></p>
        """))
    {
        State = $"waiting {payment.LiveAttemptId}",
        Head = Html.Of($"""<meta http-equiv="refresh" content="0;url={url}">"""),
    });

    /// <summary>Whether the time is over in which the payer could do what the attempt asks for.</summary>
    internal bool IsOver(Payment payment, LiveAttempt live) => clock.GetUtcNow() >= ValidUntil(payment, live);

    /// <summary>The QR code of the attempt as a picture to keep: a bank's app on the same phone reads it from there.</summary>
    internal ApiAnswer QrPicture(Payment payment, string text) => pages.Picture(QrCodePng.Of(text), $"paynow-{payment.Id}.png");

    /// <summary>An attempt is under way: what the payer has to do, or that the bank is at it, or that its fate is not known.</summary>
    internal ApiAnswer Waiting(Payment payment, PaymentService? service, LiveAttempt live)
    {
        var validUntil = ValidUntil(payment, live);
        var isOver = IsOver(payment, live);
        return live switch
        {
            { IsPending: false } => Waiting(payment, service, say.Waiting.CheckingPayment, Html.Of($"""
                <p>{say.Waiting.NotHeardYet}</p>
                """), Html.Empty),
            { NextStep.QrText: not null } when isOver => Waiting(payment, service, say.Waiting.QrExpired, Html.Of($"""
                <p>{say.Waiting.QrExpiredText}</p>
                {AgainForm(payment, MethodKinds.PayNow, say.Waiting.NewQrCode)}
                """), Html.Empty, isOver),
            { NextStep.QrText: { } text } => Waiting(payment, service, say.Waiting.ScanToPay(Amount(payment)), Html.Of($"""
                {new ScanSteps(
                    QrCodeSvg.Of(text, say.Waiting.PayNowQrLabel(Amount(payment), payment.Id)), PaymentPagePath.Step(PaymentPagePath.Qr), say.Waiting.ScanSaved, say.Waiting.Scan)
                    .Print(say.Waiting, Html.Of($"{Amount(payment)}"))}
                <dl><div><dt>{say.Facts.Reference}</dt><dd><code>{payment.Id}</code></dd></div><div><dt>{say.Facts.ValidUntil}</dt><dd>{say.SingaporeTime(validUntil)}{TimeLeft.Of(say.Waiting, validUntil - clock.GetUtcNow())}</dd></div></dl>
                """), SimulationOf(payment, live, say.Simulation.Scan, say.Simulation.FailedScan)),
            { NextStep.RedirectUrl: not null } when isOver => Waiting(payment, service, say.Waiting.CardTimeOver, Html.Of($"""
                <p>{say.Waiting.CardTimeOverText}</p>
                {AgainForm(payment, MethodKinds.Card, say.Page.StartAgain)}
                """), Html.Empty, isOver),
            { NextStep.RedirectUrl: { } url } => Waiting(payment, service, say.Waiting.WaitingForCard, Html.Of($"""
                <p>{say.Waiting.PaidOnCardPage}</p>
                <p class="actions"><a class="button second" href="{url}">{say.Waiting.GoToCardPage}</a></p>
                """), Html.Empty),
            _ => Waiting(payment, service, say.Waiting.WaitingForBank, Html.Of($"""
                <p>{say.Waiting.ConfirmWithBank}</p>
                """), SimulationOf(payment, live, say.Simulation.Confirmation, say.Simulation.Decline)),
        };
    }

    /// <summary>Nothing was charged, and why.</summary>
    internal ApiAnswer Failed(Payment payment, PaymentService? service, AttemptFailure failure) => Answer(
        200, payment, service, "failed", say.Payment.NotMade, Html.Of($"""
        <h1 class="bad"><span class="mark" aria-hidden="true">!</span> {say.Payment.NotMade}</h1>
        <p role="alert">{DeclineText.Of(say.Decline, failure.Reason)}</p>
        {Strip(payment)}
        <p class="actions">{(Find(failure.Method) is { } tried ? Html.Of($"""<a class="button" href="{PaymentPagePath.DetailsOf(tried)}">{say.Page.TryAgain}</a> """) : Html.Empty)}<a class="button second" href="{PaymentPagePath.Step(PaymentPagePath.Method)}">{say.Page.PayAnotherWay}</a></p>
        """));

    /// <summary>Too many attempts have failed: nobody is invited to pay before the time is over. It says why the last one failed, too.</summary>
    /// <param name="until">When attempts are taken again.</param>
    internal ApiAnswer Locked(Payment payment, PaymentService? service, DateTimeOffset until) => Answer(200, payment, service, "locked", say.Errors.TooManyAttempts, Html.Of($"""
        <h1 class="bad"><span class="mark" aria-hidden="true">!</span> {say.Errors.TooManyAttempts}</h1>
        <p>{say.Payment.LockedUntil(say.SingaporeTime(until))}</p>
        {Html.When(payment.LastFailure is not null, $"""<p>{DeclineText.Of(say.Decline, payment.LastFailure?.Reason)}</p>""")}
        {FactsOf(payment, Payee.Of(service))}
        """));

    /// <summary>The agency has withdrawn the payment.</summary>
    internal ApiAnswer Cancelled(Payment payment, PaymentService? service) => Answer(200, payment, service, "cancelled", say.Payment.Cancelled, Html.Of($"""
        <h1>{say.Payment.CancelledHeading}</h1>
        <p>{say.Payment.CancelledBy(Payee.Of(service).Name, say.SingaporeTime(payment.CancelledAt!.Value))}</p>
        {FactsOf(payment, Payee.Of(service))}
        """));

    /// <summary>What is true now of a payment that is paid, and its receipt.</summary>
    /// <param name="payment">The payment, which is paid.</param>
    /// <param name="service">Whose it is. It is read where the payment does not say itself who was paid.</param>
    /// <param name="isReturning">Whether the payer paid just now and is led back to the e-service.</param>
    internal ApiAnswer Receipt(Payment payment, PaymentService? service, bool isReturning)
    {
        var receipt = PaymentReceipt.Of(payment, service);
        var heading = PaidHeading.Of(say, payment, receipt.Supplier.Name);
        var target = ReturnRedirect.TargetFor(payment);
        var page = new Page(reader, heading.Title, receipt.Supplier.Payee, Html.Of($"""
            {heading.Markup}
            {(target is null ? Html.Empty : Html.Of($"""<p class="actions"><a class="button" href="{target}">{say.Payment.ReturnToService}</a></p>"""))}
            {new ReceiptMarkup(say).Of(receipt)}
            <p class="actions"><button class="button second" type="button" data-print hidden>{say.Page.PrintOrSave}</button></p>
            """))
        {
            State = "paid",

            // The address of a form's target may not be another site's (form-action), so the form leads here, and this page leads on. At once: a delay
            // would take the page away from somebody who is still reading it.
            Head = isReturning && target is not null ? Html.Of($"""<meta http-equiv="refresh" content="0;url={target}">""") : Html.Empty,
        };
        return pages.Page(200, page);
    }

    /// <summary>The same without a way to anywhere: a document to keep.</summary>
    internal ApiAnswer Document(Payment payment, PaymentReceipt receipt)
    {
        var heading = PaidHeading.Of(say, payment, receipt.Supplier.Name);
        return pages.Document(new Page(reader, $"{new ReceiptText(say).TitleOf(receipt.Kind)} {receipt.Number}", receipt.Supplier.Payee, Html.Of($"""
            {heading.Markup}
            {new ReceiptMarkup(say).Of(receipt)}
            """)));
    }

    private static DateTimeOffset ValidUntil(Payment payment, LiveAttempt live) => payment.AtGateway(live).BegunAt + PendingSchedule.WithdrawnAfter;

    private string Amount(Payment payment) => say.Dollars(payment.Details.AmountInCents);

    private Html FactsOf(Payment payment, Payee payee) => Html.Of($"""
        <dl>
        {Facts.Line(say.Facts.To, payee.Name)}
        {Facts.Line(say.Facts.For, payment.Details.Description)}
        {Facts.Line(say.Facts.Reference, payment.Details.ReferenceId)}
        {Facts.Line(say.Facts.Payer, payment.Details.PayerName)}
        {Facts.Line(say.Facts.DueDate, payment.Details.DueDateIn(say))}
        </dl>
        """);

    private Html Strip(Payment payment) => Html.Of($"""
        <p class="strip"><span>{payment.Details.Description}</span> <strong>{Amount(payment)}</strong></p>
        """);

    private Html Amounts(Payment payment, PaymentService? service)
    {
        var split = GstSplit.Of(payment.Details.AmountInCents, service?.GstRateBasisPoints);

        // With what the items leave of the amount, or exceed it by, as on the receipt: items need not add up to it.
        var lines = payment.Details.LineItems is { Count: > 0 } ? ReceiptLine.Of(payment.Details, rateBasisPoints: null) : [];
        var text = new ReceiptText(say);
        return Html.Of($"""
            <table class="amounts">
            <caption>{say.Facts.Amount}</caption>
            <thead class="unseen"><tr><th scope="col">{say.Facts.Item}</th><th scope="col">{say.Facts.Amount}</th></tr></thead>
            <tbody>
            {Html.Join(lines.Select(line => Html.Of($"""
                <tr><th scope="row">{text.DescriptionOf(line)}{(line.Quantity is { } quantity ? Html.Of($""" <span class="quiet">× {quantity}</span>""") : Html.Empty)}</th><td>{say.Dollars(line.AmountInCents)}</td></tr>
                """)))}
            {(split is null ? Html.Empty : Html.Of($"""
                <tr class="part"><th scope="row">{say.Facts.BeforeGst}</th><td>{say.Dollars(split.NetInCents)}</td></tr>
                <tr class="part"><th scope="row">{say.Facts.Gst(split.Rate)}</th><td>{say.Dollars(split.TaxInCents)}</td></tr>
                """))}
            <tr class="total"><th scope="row">{say.Facts.Total}</th><td>{Amount(payment)}</td></tr>
            </tbody>
            </table>
            """);
    }

    private ApiAnswer Answer(int status, Payment payment, PaymentService? service, string state, string title, Html body, string? formId = null) =>
        pages.Page(status, new Page(reader, title, Payee.Of(service), body) { State = $"{state} {payment.LiveAttemptId}".TrimEnd(), FormId = formId });

    /// <param name="isOver">Whether there is another button that matters more than looking once more.</param>
    private ApiAnswer Waiting(Payment payment, PaymentService? service, string title, Html body, Html simulation, bool isOver = false) =>
        Answer(200, payment, service, "waiting", title, Html.Of($"""
            <h1>{title}</h1>
            {Strip(payment)}
            {body}
            {simulation}
            {Connection.Of(say.Waiting)}
            <form method="post" action="{PathOf(payment)}" data-once="{say.Page.Checking}" data-wait="{PaymentPagePath.Step(PaymentPagePath.Waiting)}">
            <input type="hidden" name="action" value="look">
            <p class="actions"><button class="button{Html.When(isOver || simulation != Html.Empty, $" second")}" type="submit">{say.Page.CheckNow}</button> <a class="quiet" href="{PaymentPagePath.Step(PaymentPagePath.Method)}">{say.Page.PayAnotherWay}</a></p>
            </form>
            """));

    private Html PayForm(Payment payment, string method, string label) =>
        PayForm(payment, method, label, Html.Of($""" <a class="quiet" href="{PaymentPagePath.Step(PaymentPagePath.Method)}">{say.Page.PayAnotherWay}</a>"""));

    /// <summary>The same on a page of waiting, which leads to another way itself.</summary>
    private Html AgainForm(Payment payment, string method, string label) => PayForm(payment, method, label, Html.Empty);

    private Html PayForm(Payment payment, string method, string label, Html anotherWay) => Html.Of($"""
        <form method="post" action="{PathOf(payment)}" data-once="{say.Page.OneMoment}">
        <input type="hidden" name="action" value="pay">
        <input type="hidden" name="method" value="{method}">
        <p class="actions"><button class="button" type="submit">{label}</button>{anotherWay}</p>
        </form>
        """);

    private Html SimulationOf(Payment payment, LiveAttempt live, string succeed, string fail) =>
        gateway.IsSandbox ? Simulation.Of(say, PathOf(payment), live.Id, succeed, fail) : Html.Empty;

    private string PathOf(Payment payment) => PaymentPagePath.Of(pages.Root, payment.Id);
}
