using PaySg.Functions.Access;
using PaySg.Functions.Gateway;
using PaySg.Functions.Payments;
using PaySg.Functions.Payments.Receipts;
using PaySg.Functions.Platform.Markup;

namespace PaySg.Functions.Pages.Payments;

/// <summary>The pages of a payment, one method each (guide, pages "Payment link page" and "Create a payment").</summary>
internal sealed class PaymentPages(PageAnswers pages, GatewayBorder gateway, TimeProvider clock)
{
    private readonly IReadOnlyList<PayerMethod> methods = PayerMethod.Of(gateway.Methods);

    /// <summary>The method of this kind; null: not offered.</summary>
    internal PayerMethod? Find(string? kind) => methods.FirstOrDefault(method => method.Kind == kind);

    /// <summary>What is to be paid, and the way on.</summary>
    internal ApiAnswer Summary(Payment payment, PaymentService? service) => Answer(200, payment, service, "unpaid", $"Pay {Amount(payment)}", Html.Of($"""
        <h1>Pay {Amount(payment)}</h1>
        {FactsOf(payment, Payee.Of(service))}
        {Amounts(payment, service, "Total")}
        <p class="actions"><a class="button" href="{PaymentPagePath.Step(PaymentPagePath.Method)}">Proceed</a></p>
        """));

    /// <summary>The choice of a method.</summary>
    internal ApiAnswer Methods(Payment payment, PaymentService? service) => Methods(payment, service, isRefused: false);

    /// <summary>The choice of a method, after one that is not offered.</summary>
    internal ApiAnswer MethodsAgain(Payment payment, PaymentService? service) => Methods(payment, service, isRefused: true);

    private ApiAnswer Methods(Payment payment, PaymentService? service, bool isRefused)
    {
        var offered = methods.Where(method => method.Offered.Takes(payment.Details.AmountInCents)).ToList();
        return offered.Count == 0 ? NotPayableHere(payment, service) : Answer(
            isRefused ? 400 : 200, payment, service, "unpaid", "Choose how to pay", Html.Of($"""
            <h1>Choose how to pay</h1>
            {Strip(payment)}
            {Html.When(isRefused, $"""<div class="errors" role="alert" tabindex="-1"><p>Choose one of the methods below.</p></div>""")}
            <form method="get" action="{PathOf(payment)}">
            <input type="hidden" name="step" value="{PaymentPagePath.Details}">
            <fieldset>
            <legend>Payment method</legend>
            {Html.Join(offered.Select((method, index) => Html.Of($"""
                <label class="choice"><input type="radio" name="method" value="{method.Kind}" required{Html.When(index == 0, $" checked")}><span><strong>{method.Name}</strong><br><span class="quiet">{method.Hint}</span></span></label>
                """)))}
            </fieldset>
            <p class="actions"><button class="button" type="submit">Continue</button> <a class="quiet" href="?">Back</a></p>
            </form>
            """));
    }

    /// <summary>No method takes the amount.</summary>
    private ApiAnswer NotPayableHere(Payment payment, PaymentService? service)
    {
        var least = methods.Min(static method => method.Offered.LeastInCents);
        var most = methods.Max(static method => method.Offered.MostInCents);
        return Answer(200, payment, service, "unpaid", "This amount cannot be paid online", Html.Of($"""
            <h1>This amount cannot be paid online</h1>
            {Strip(payment)}
            <p>Payments from {ShownText.Amount(least)} to {ShownText.Amount(most)} can be made here. Nothing was charged. Contact {Payee.Of(service).Contact} to pay another way.</p>
            """));
    }

    /// <summary>The fields of a card, and what is wrong with them.</summary>
    internal ApiAnswer Card(Payment payment, PaymentService? service, CardForm form) => Answer(
        form.Errors.Count > 0 ? 400 : 200, payment, service, "unpaid", form.Errors.Count > 0 ? "Check your card details" : "Enter your card details", Html.Of($"""
        <h1>Enter your card details</h1>
        {Strip(payment)}
        {FormField.ErrorList(form.Errors)}
        <form method="post" action="{PathOf(payment)}" novalidate data-once="Paying…">
        <input type="hidden" name="action" value="pay">
        <input type="hidden" name="method" value="{MethodKinds.Card}">
        {CardFields.Of(form, form.Errors)}
        <p class="actions"><button class="button" type="submit">Pay {Amount(payment)}</button> <a class="quiet" href="{PaymentPagePath.Step(PaymentPagePath.Method)}">Pay another way</a></p>
        </form>
        """));

    /// <summary>What PayNow will be like, before it begins.</summary>
    internal ApiAnswer PayNow(Payment payment, PaymentService? service) => Answer(200, payment, service, "unpaid", "Pay with PayNow", Html.Of($"""
        <h1>Pay with PayNow</h1>
        {Strip(payment)}
        <p>You get a QR code for {Amount(payment)}. Scan it with your bank’s app within an hour and confirm there.</p>
        {PayForm(payment, MethodKinds.PayNow, "Show the QR code")}
        """));

    /// <summary>The card is entered on a page of the gateway's, before the payer is led there.</summary>
    internal ApiAnswer CardElsewhere(Payment payment, PaymentService? service) => Answer(200, payment, service, "unpaid", "Pay by card", Html.Of($"""
        <h1>Pay by card</h1>
        {Strip(payment)}
        <p>You enter your card details on the secure page of Stripe, our payment provider, and come back here. You have an hour.</p>
        {PayForm(payment, MethodKinds.Card, "Continue to Stripe")}
        """));

    /// <summary>Leads on to the gateway's page. A form's answer may not lead to another site (form-action), so the form leads here.</summary>
    internal ApiAnswer Onward(Payment payment, PaymentService? service, string url) => pages.Page(200, new Page("Continue to Stripe", Payee.Of(service), Html.Of($"""
        <h1>Continue to Stripe</h1>
        {Strip(payment)}
        <p>You are being led to the secure page of Stripe, our payment provider.</p>
        <p class="actions"><a class="button" href="{url}">Enter your card details</a></p>
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
            { IsPending: false } => Waiting(payment, service, "Checking your payment", Html.Of($"""
                <p>We have not heard yet whether your payment went through. This is cleared up within minutes, and you will not be charged twice.</p>
                """), Html.Empty),
            { NextStep.QrText: not null } when isOver => Waiting(payment, service, "This QR code has expired", Html.Of($"""
                <p>A PayNow QR code is valid for an hour. If you have scanned it, check below. If not, get a new one.</p>
                {PayForm(payment, MethodKinds.PayNow, "Get a new QR code")}
                """), Html.Empty),
            { NextStep.QrText: { } text } => Waiting(payment, service, $"Scan to pay {Amount(payment)}", Html.Of($"""
                <div class="scan">
                {QrCodeSvg.Of(text, $"PayNow QR code for {Amount(payment)}, reference {payment.Id}")}
                <ol>
                <li>Open your bank’s app and choose to scan a QR code. Is it on this phone? Then <a href="{PaymentPagePath.Step(PaymentPagePath.Qr)}" download>save the QR code</a>, and scan it from your pictures.</li>
                <li>Check that the amount is {Amount(payment)}, and confirm.</li>
                <li>Come back to this page.</li>
                </ol>
                </div>
                <dl><div><dt>Reference</dt><dd><code>{payment.Id}</code></dd></div><div><dt>Valid until</dt><dd>{ShownText.Time(validUntil)}</dd></div></dl>
                """), SimulationOf(payment, live, "Simulate the scan", "Simulate a failed scan")),
            { NextStep.RedirectUrl: not null } when isOver => Waiting(payment, service, "Your time to pay by card is over", Html.Of($"""
                <p>The page for your card was open for an hour. If you have paid, check below. If not, start again.</p>
                {PayForm(payment, MethodKinds.Card, "Start again")}
                """), Html.Empty),
            { NextStep.RedirectUrl: { } url } => Waiting(payment, service, "Waiting for your card payment", Html.Of($"""
                <p>If you have paid on the card page, this page shows it in a moment. If you have not, nothing was charged: go on to the card page, or pay another way.</p>
                <p class="actions"><a class="button second" href="{url}">Go on to the card page</a></p>
                """), Html.Empty),
            _ => Waiting(payment, service, "Waiting for your bank", Html.Of($"""
                <p>Your bank asks you to confirm this payment, in its app or by a message. Confirm there, and come back to this page.</p>
                """), SimulationOf(payment, live, "Simulate that you confirm", "Simulate that you refuse")),
        };
    }

    /// <summary>Nothing was charged, and why.</summary>
    internal ApiAnswer Failed(Payment payment, PaymentService? service, AttemptFailure failure) => Answer(
        200, payment, service, "failed", "Payment not made", Html.Of($"""
        <h1 class="bad"><span class="mark" aria-hidden="true">!</span> Payment not made</h1>
        <p role="alert">{DeclineText.Of(failure.Reason)}</p>
        {Strip(payment)}
        <p class="actions">{(Find(failure.Method) is { } tried ? Html.Of($"""<a class="button" href="{PaymentPagePath.DetailsOf(tried)}">Try again</a> """) : Html.Empty)}<a class="button second" href="{PaymentPagePath.Step(PaymentPagePath.Method)}">Pay another way</a></p>
        """));

    /// <summary>Too many attempts have failed: nobody is invited to pay before the time is over. It says why the last one failed, too.</summary>
    /// <param name="until">When attempts are taken again.</param>
    internal ApiAnswer Locked(Payment payment, PaymentService? service, DateTimeOffset until) => Answer(200, payment, service, "locked", "Too many attempts", Html.Of($"""
        <h1 class="bad"><span class="mark" aria-hidden="true">!</span> Too many attempts</h1>
        {Html.When(payment.LastFailure is not null, $"""<p>{DeclineText.Of(payment.LastFailure?.Reason)}</p>""")}
        <p>This payment has been tried too often without success. You can try again after {ShownText.Time(until)}. Nothing was charged.</p>
        {FactsOf(payment, Payee.Of(service))}
        """));

    /// <summary>The agency has withdrawn the payment.</summary>
    internal ApiAnswer Cancelled(Payment payment, PaymentService? service) => Answer(200, payment, service, "cancelled", "Payment cancelled", Html.Of($"""
        <h1>This payment was cancelled</h1>
        <p>{Payee.Of(service).Name} cancelled it on {ShownText.Time(payment.CancelledAt!.Value)}. You need not pay, and you were not charged.</p>
        {FactsOf(payment, Payee.Of(service))}
        """));

    /// <summary>What is true now of a payment that is paid, and its receipt.</summary>
    /// <param name="payment">The payment, which is paid.</param>
    /// <param name="service">Whose it is. It is read where the payment does not say itself who was paid.</param>
    /// <param name="isReturning">Whether the payer paid just now and is led back to the e-service.</param>
    internal ApiAnswer Receipt(Payment payment, PaymentService? service, bool isReturning)
    {
        var receipt = PaymentReceipt.Of(payment, service);
        var heading = PaidHeading.Of(payment, receipt.Supplier.Name);
        var target = ReturnRedirect.TargetFor(payment);
        var page = new Page(heading.Title, receipt.Supplier.Payee, Html.Of($"""
            {heading.Markup}
            {(target is null ? Html.Empty : Html.Of($"""<p class="actions"><a class="button" href="{target}">Return to the e-service</a></p>"""))}
            {ReceiptMarkup.Of(receipt)}
            <p class="actions"><button class="button second" type="button" data-print hidden>Print or save as PDF</button></p>
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
        var heading = PaidHeading.Of(payment, receipt.Supplier.Name);
        return pages.Document(new Page($"{ReceiptText.TitleOf(receipt.Kind)} {receipt.Number}", receipt.Supplier.Payee, Html.Of($"""
            {heading.Markup}
            {ReceiptMarkup.Of(receipt)}
            """)));
    }

    private static DateTimeOffset ValidUntil(Payment payment, LiveAttempt live) => payment.AtGateway(live).BegunAt + PendingSchedule.WithdrawnAfter;

    private static string Amount(Payment payment) => ShownText.Amount(payment.Details.AmountInCents);

    private static Html FactsOf(Payment payment, Payee payee) => Html.Of($"""
        <dl>
        {Facts.Line("To", payee.Name)}
        {Facts.Line("For", payment.Details.Description)}
        {Facts.Line("Reference", payment.Details.ReferenceId)}
        {Facts.Line("Payer", payment.Details.PayerName)}
        {Facts.Line("Due date", payment.Details.DueDate)}
        </dl>
        """);

    private static Html Strip(Payment payment) => Html.Of($"""
        <p class="strip"><span>{payment.Details.Description}</span> <strong>{Amount(payment)}</strong></p>
        """);

    private static Html Amounts(Payment payment, PaymentService? service, string total)
    {
        var split = GstSplit.Of(payment.Details.AmountInCents, service?.GstRateBasisPoints);
        return Html.Of($"""
            <table class="amounts">
            <caption>Amount</caption>
            <thead class="unseen"><tr><th scope="col">Item</th><th scope="col">Amount</th></tr></thead>
            <tbody>
            {Html.Join((payment.Details.LineItems ?? []).Select(item => Html.Of($"""
                <tr><th scope="row">{item.Description}{(item.Quantity is { } quantity ? Html.Of($""" <span class="quiet">× {quantity}</span>""") : Html.Empty)}</th><td>{ShownText.Amount(item.AmountInCents)}</td></tr>
                """)))}
            {(split is null ? Html.Empty : Html.Of($"""
                <tr class="part"><th scope="row">Before GST</th><td>{ShownText.Amount(split.NetInCents)}</td></tr>
                <tr class="part"><th scope="row">GST ({split.Rate}%)</th><td>{ShownText.Amount(split.TaxInCents)}</td></tr>
                """))}
            <tr class="total"><th scope="row">{total}</th><td>{Amount(payment)}</td></tr>
            </tbody>
            </table>
            """);
    }

    private ApiAnswer Answer(int status, Payment payment, PaymentService? service, string state, string title, Html body) =>
        pages.Page(status, new Page(title, Payee.Of(service), body) { State = $"{state} {payment.LiveAttemptId}".TrimEnd() });

    private ApiAnswer Waiting(Payment payment, PaymentService? service, string title, Html body, Html simulation) =>
        Answer(200, payment, service, "waiting", title, Html.Of($"""
            <h1>{title}</h1>
            {Strip(payment)}
            {body}
            {simulation}
            <form method="post" action="{PathOf(payment)}" data-once="Checking…" data-wait="{PaymentPagePath.Step(PaymentPagePath.Waiting)}">
            <input type="hidden" name="action" value="look">
            <p class="actions"><button class="button{Html.When(simulation != Html.Empty, $" second")}" type="submit">Check now</button> <a class="quiet" href="{PaymentPagePath.Step(PaymentPagePath.Method)}">Pay another way</a></p>
            </form>
            """));

    private Html PayForm(Payment payment, string method, string label) => Html.Of($"""
        <form method="post" action="{PathOf(payment)}" data-once="One moment…">
        <input type="hidden" name="action" value="pay">
        <input type="hidden" name="method" value="{method}">
        <p class="actions"><button class="button" type="submit">{label}</button> <a class="quiet" href="{PaymentPagePath.Step(PaymentPagePath.Method)}">Pay another way</a></p>
        </form>
        """);

    private Html SimulationOf(Payment payment, LiveAttempt live, string succeed, string fail) =>
        gateway.IsSandbox ? Simulation.Of(PathOf(payment), live.Id, succeed, fail) : Html.Empty;

    private string PathOf(Payment payment) => PaymentPagePath.Of(pages.Root, payment.Id);
}
