using PaySg.Functions.Languages;
using PaySg.Functions.Payments;
using PaySg.Functions.Payments.Receipts;
using PaySg.Functions.Platform.Markup;

namespace PaySg.Functions.Pages.Payments;

/// <summary>A receipt and its credit notes as parts of a page.</summary>
internal sealed class ReceiptMarkup(Texts say)
{
    private readonly ReceiptText words = new(say);

    public Html Of(PaymentReceipt receipt) => Html.Of($"""
        <section class="document" aria-labelledby="document">
        <h2 id="document">{words.TitleOf(receipt.Kind)}</h2>
        {Html.When(receipt.IsFromSettings, $"""<p class="remark">{say.Receipt.FromSettings}</p>""")}
        {List(words.FactsOf(receipt))}
        <table class="amounts">
        <caption>{say.Facts.Amount}</caption>
        <thead class="unseen"><tr><th scope="col">{say.Facts.Item}</th><th scope="col">{say.Facts.Amount}</th></tr></thead>
        <tbody>
        {Html.Join(receipt.Lines.Select(Line))}
        {Parts(receipt.Gst)}
        {Total(say.Facts.TotalPaid, receipt.Details.AmountInCents)}
        </tbody>
        </table>
        {Html.When(receipt.SaysPriceIncludesGst, $"<p>{say.Receipt.PriceIncludesGst}</p>")}
        </section>
        {Html.Join(receipt.CreditNotes.Select(note => Of(note, receipt)))}
        """);

    /// <summary>On the screen a credit note stands below its receipt. A sheet of paper may stand alone, so there it says once more who has paid whom.</summary>
    private Html Of(CreditNote note, PaymentReceipt receipt) => Html.Of($"""
        <section class="document" aria-label="{say.Receipt.CreditNote} {note.Number}">
        <h2>{say.Receipt.CreditNote}</h2>
        {List(words.FactsOf(note, receipt))}
        {List(words.PartiesOf(receipt), "on-paper")}
        <table class="amounts">
        <caption class="unseen">{say.Facts.Amount}</caption>
        <thead class="unseen"><tr><th scope="col">{say.Facts.Item}</th><th scope="col">{say.Facts.Amount}</th></tr></thead>
        <tbody>
        {Parts(note.Gst)}
        {Total(say.Facts.TotalRefunded, note.AmountInCents)}
        </tbody>
        </table>
        </section>
        """);

    /// <param name="facts">What is stated.</param>
    /// <param name="look">A class of the stylesheet; may be empty.</param>
    private static Html List(IEnumerable<(string Label, string Value)> facts, string look = "") => Html.Of($"""
        <dl class="{look}">
        {Html.Join(facts.Select(fact => Facts.Line(fact.Label, fact.Value)))}
        </dl>
        """);

    private Html Line(ReceiptLine line) => Html.Of($"""
        <tr><th scope="row">{words.DescriptionOf(line)}{Html.When(line.Quantity is not null, $""" <span class="quiet">× {line.Quantity}</span>""")}{Html.When(line.Gst is not null, $"""<br><span class="quiet small">{words.GstOf(line)}</span>""")}</th><td>{say.Dollars(line.AmountInCents)}</td></tr>
        """);

    private Html Parts(GstSplit? gst) => Html.Join(words.PartsOf(gst).Select(part => Html.Of($"""
        <tr class="part"><th scope="row">{part.Label}</th><td>{part.Value}</td></tr>
        """)));

    private Html Total(string label, long amountInCents) => Html.Of($"""
        <tr class="total"><th scope="row">{label}</th><td>{say.Dollars(amountInCents)}</td></tr>
        """);
}
