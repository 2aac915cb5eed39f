using PaySg.Functions.Payments;
using PaySg.Functions.Payments.Receipts;
using PaySg.Functions.Platform.Markup;

namespace PaySg.Functions.Pages.Payments;

/// <summary>A receipt and its credit notes as parts of a page.</summary>
internal static class ReceiptMarkup
{
    public static Html Of(PaymentReceipt receipt) => Html.Of($"""
        <section class="document" aria-labelledby="document">
        <h2 id="document">{ReceiptText.TitleOf(receipt.Kind)}</h2>
        {Html.When(receipt.IsFromSettings, $"""<p class="remark">{ReceiptText.FromSettings}</p>""")}
        {List(ReceiptText.FactsOf(receipt))}
        <table class="amounts">
        <caption>Amount</caption>
        <thead class="unseen"><tr><th scope="col">Item</th><th scope="col">Amount</th></tr></thead>
        <tbody>
        {Html.Join(receipt.Lines.Select(Line))}
        {Parts(receipt.Gst)}
        {Total("Total paid", receipt.Details.AmountInCents)}
        </tbody>
        </table>
        {Html.When(receipt.SaysPriceIncludesGst, $"<p>{ReceiptText.PriceIncludesGst}</p>")}
        </section>
        {Html.Join(receipt.CreditNotes.Select(note => Of(note, receipt)))}
        """);

    private static Html Of(CreditNote note, PaymentReceipt receipt) => Html.Of($"""
        <section class="document" aria-label="{ReceiptText.CreditNoteTitle} {note.Number}">
        <h2>{ReceiptText.CreditNoteTitle}</h2>
        {List(ReceiptText.FactsOf(note, receipt))}
        <table class="amounts">
        <caption class="unseen">Amount</caption>
        <thead class="unseen"><tr><th scope="col">Item</th><th scope="col">Amount</th></tr></thead>
        <tbody>
        {Parts(note.Gst)}
        {Total("Total refunded", note.AmountInCents)}
        </tbody>
        </table>
        </section>
        """);

    private static Html List(IEnumerable<(string Label, string Value)> facts) => Html.Of($"""
        <dl>
        {Html.Join(facts.Select(fact => Facts.Line(fact.Label, fact.Value)))}
        </dl>
        """);

    private static Html Line(ReceiptLine line) => Html.Of($"""
        <tr><th scope="row">{ReceiptText.DescriptionOf(line)}{Html.When(line.Quantity is not null, $""" <span class="quiet">× {line.Quantity}</span>""")}{Html.When(line.Gst is not null, $"""<br><span class="quiet small">{ReceiptText.GstOf(line)}</span>""")}</th><td>{ShownText.Amount(line.AmountInCents)}</td></tr>
        """);

    private static Html Parts(GstSplit? gst) => Html.Join(ReceiptText.PartsOf(gst).Select(part => Html.Of($"""
        <tr class="part"><th scope="row">{part.Label}</th><td>{part.Value}</td></tr>
        """)));

    private static Html Total(string label, long amountInCents) => Html.Of($"""
        <tr class="total"><th scope="row">{label}</th><td>{ShownText.Amount(amountInCents)}</td></tr>
        """);
}
