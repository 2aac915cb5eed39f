using PaySg.Functions.Access;
using PaySg.Functions.Languages;
using PaySg.Functions.Payments;
using PaySg.Functions.Platform.Markup;

namespace PaySg.Functions.Dashboard.Payments;

/// <summary>The pages of one payment.</summary>
internal sealed class PaymentView(DashboardPages pages, PaymentUrls urls, OfficerForms forms)
{
    /// <summary>The payment and what happened to it.</summary>
    /// <param name="status">Of the answer.</param>
    /// <param name="done">What was just done, a step; null: nothing.</param>
    /// <param name="refusal">Why what was asked for was not done; null: nothing was refused.</param>
    public ApiAnswer Detail(int status, Visit visit, Payment payment, IReadOnlyList<TimelineEntry> timeline, string? done, string? refusal) => Page(status, visit, payment, Html.Of($"""
        {Head(payment)}
        {FormField.Refusal("Nothing was changed", refusal)}
        {Html.When(done is not null && refusal is null, $"""<p class="notice" role="status">{DoneText(done)}</p>""")}
        {Facts(payment)}
        {(payment.Status == PaymentStatus.Unpaid ? Link(payment) : Html.Empty)}
        {Actions(visit, payment)}
        <h2>What happened</h2>
        <ol class="timeline">
        {Html.Join(timeline.Select(entry => Html.Of($"""
            <li><span class="quiet small">{Texts.English.SingaporeTime(entry.At)}</span><br>{TextOf(visit, entry)}{Html.When(entry.By is not null, $" by {entry.By}")}{Html.When(!string.IsNullOrEmpty(entry.Detail), $""" <code class="small">{entry.Detail}</code>""")}</li>
            """)))}
        </ol>
        """));

    /// <summary>How much is to be refunded.</summary>
    public ApiAnswer Refund(int status, Visit visit, Payment payment, RefundForm form) => Page(status, visit, payment, Html.Of($"""
        <h1>Refund {payment.Details.ReferenceId}</h1>
        {FormField.Refusal("Nothing was changed", form.Error)}
        <p class="strip"><span>Paid <strong>{Texts.English.Dollars(payment.Details.AmountInCents)}</strong></span> <span>Can be refunded <strong>{Texts.English.Dollars(payment.RefundableInCents)}</strong></span></p>
        {(payment.RefundableInCents == 0 ? Html.Of($"""<p>Nothing can be refunded now{Html.When(payment.PendingRefund is not null, $": an earlier refund is not decided yet")}.</p>""") : Html.Of($"""
            <form method="get" action="{PathOf(visit, payment)}">
            <input type="hidden" name="step" value="{PaymentSteps.Confirm}">
            {new FormField("amount", "Amount in S$", form.Amount) { Hint = "All that is left, or a part of it, such as 11.30.", MaxLength = 20, InputMode = "decimal", IsShort = true, IsFilter = true }.Print(form.Error)}
            <p class="actions"><button class="button" type="submit">Continue</button> <a class="quiet" href="{PathOf(visit, payment)}">Back</a></p>
            </form>
            """))}
        """));

    /// <summary>The last question before money goes back.</summary>
    public ApiAnswer ConfirmRefund(Visit visit, Payment payment, long cents) => Page(200, visit, payment, Html.Of($"""
        <h1>Refund {Texts.English.Dollars(cents)}?</h1>
        <p>{Texts.English.Dollars(cents)} go back to {payment.Details.PayerName} the way they were paid. {Texts.English.Dollars(payment.RefundableInCents - cents)} stay. This cannot be undone.</p>
        <form method="post" action="{PathOf(visit, payment)}">
        {forms.Hidden(visit.Person, PaymentSteps.Refund)}
        <input type="hidden" name="amount" value="{Dollars.Print(cents)}">
        <input type="hidden" name="left" value="{Dollars.Print(payment.RefundableInCents)}">
        <p class="actions"><button class="button" type="submit">Refund {Texts.English.Dollars(cents)}</button> <a class="quiet" href="{PathOf(visit, payment)}?step={PaymentSteps.Refund}">Back</a></p>
        </form>
        """));

    /// <summary>The last question before a payment is withdrawn.</summary>
    public ApiAnswer ConfirmCancel(Visit visit, Payment payment) => Page(200, visit, payment, Html.Of($"""
        <h1>Cancel this payment?</h1>
        <p>{payment.Details.PayerName} can no longer pay {Texts.English.Dollars(payment.Details.AmountInCents)} for {payment.Details.ReferenceId}. This cannot be undone.</p>
        <form method="post" action="{PathOf(visit, payment)}">
        {forms.Hidden(visit.Person, PaymentSteps.Cancel)}
        <p class="actions"><button class="button" type="submit">Cancel the payment</button> <a class="quiet" href="{PathOf(visit, payment)}">Back</a></p>
        </form>
        """));

    /// <summary>What happened, which leads to more where the member may go there.</summary>
    private Html TextOf(Visit visit, TimelineEntry entry) => entry.More is { } more && visit.May(Permission.Administrator)
        ? Html.Of($"""<a href="{pages.In(visit.Service.Id, more)}">{entry.Text}</a>""")
        : Html.Of($"{entry.Text}");

    private ApiAnswer Page(int status, Visit visit, Payment payment, Html body) =>
        pages.Page(status, visit.Person, payment.Details.ReferenceId, body, visit);

    private string PathOf(Visit visit, Payment payment) => pages.PaymentOf(visit.Service.Id, payment.Id);

    private static Html Head(Payment payment) => Html.Of($"""
        <h1>{payment.Details.ReferenceId}</h1>
        <p class="strip"><strong>{Texts.English.Dollars(payment.Details.AmountInCents)}</strong> {StatusWords.Of(payment)}</p>
        """);

    private static string DoneText(string? done) => done switch
    {
        PaymentSteps.Refund => "The refund is made.",
        PaymentSteps.Cancel => "The payment is cancelled.",
        PaymentSteps.Created => "The payment is created. The payer does not know of it yet: send the link.",
        PaymentSteps.Send => "The email with the link is on its way.",
        _ => "Done.",
    };

    private static Html Facts(Payment payment) => Html.Of($"""
        <dl>
        {Fact.Of("Payer", payment.Details.PayerName)}
        {Fact.Of("Email", payment.Details.PayerEmail)}
        {Fact.Of("Address", payment.Details.PayerAddress)}
        {Fact.Of("Identifier", payment.Details.PayerIdentifier)}
        {Fact.Of("Description", payment.Details.Description)}
        {Html.Join((payment.Details.LineItems ?? []).Select(static item => Fact.Of("Item", WordsOf(item))))}
        {Fact.Of("Due", payment.Details.DueDateIn(Texts.English))}
        {Fact.Of("Refunded", payment.RefundedInCents > 0 ? Texts.English.Dollars(payment.RefundedInCents) : null)}
        {Fact.Of("Can be refunded", payment.RefundableInCents > 0 ? Texts.English.Dollars(payment.RefundableInCents) : null)}
        {Fact.Of("Payment id", payment.Id)}
        {Html.Join(payment.Details.Metadata.Select(entry => Fact.Of(entry.Key, entry.Value)))}
        </dl>
        """);

    private static string WordsOf(LineItem item) => $"{item.Description}{(item.Quantity is { } quantity ? $" × {Counts.Print(quantity)}" : "")}: {Texts.English.Dollars(item.AmountInCents)}";

    private Html Link(Payment payment) => Html.Of($"""
        <div class="field"><label for="link">The payer’s link</label>
        <input id="link" type="text" readonly value="{urls.PageOf(payment.Id)}"></div>
        <p class="links"><a href="{pages.PayerPageOf(payment.Id)}">Open the payer’s page</a> <a href="{pages.QrCodeOf(payment.Id)}" download="{payment.Id}.png">Save its QR code</a></p>
        """);

    private Html Actions(Visit visit, Payment payment)
    {
        var isUnpaid = payment.Status == PaymentStatus.Unpaid;
        var path = PathOf(visit, payment);
        Html[] actions =
        [
            Html.When(visit.May(Permission.Refund) && payment.Status == PaymentStatus.Paid && payment.RefundableInCents > 0, $"""<a class="button" href="{path}?step={PaymentSteps.Refund}">Refund</a>"""),
            Html.When(visit.May(Permission.Billing) && isUnpaid && payment.Details.PayerEmail is not null, $"""
                <form method="post" action="{path}">{forms.Hidden(visit.Person, PaymentSteps.Send)}<button class="button" type="submit">{(payment.EmailSentAt is null ? "Send the link" : "Send the link again")}</button></form>
                """),
            Html.When(visit.May(Permission.Billing) && isUnpaid, $"""<a class="button second" href="{path}?step={PaymentSteps.Cancel}">Cancel the payment</a>"""),
        ];
        return actions.All(action => action.Text.Length == 0) ? Html.Empty : Html.Of($"""<div class="actions">{Html.Join(actions)}</div>""");
    }
}
