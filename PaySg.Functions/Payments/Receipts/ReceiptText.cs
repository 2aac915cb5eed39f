using PaySg.Functions.Gateway;
using PaySg.Functions.Languages;
using PaySg.Functions.Platform.Markup;

namespace PaySg.Functions.Payments.Receipts;

/// <summary>The words of receipts and credit notes in one language, the same on pages, in mails and in the documents that the API gives.</summary>
internal sealed class ReceiptText(Texts say)
{
    public string TitleOf(ReceiptKind kind) => kind switch
    {
        ReceiptKind.TaxInvoice => say.Receipt.TaxInvoice,
        ReceiptKind.SimplifiedTaxInvoice => say.Receipt.SimplifiedTaxInvoice,
        _ => say.Receipt.Receipt,
    };

    /// <summary>What the document states beside the amounts. What is not known is left out.</summary>
    public IEnumerable<(string Label, string Value)> FactsOf(PaymentReceipt receipt) => Known(
        (NumberOf(receipt.Kind), receipt.Number),
        (say.Facts.Date, say.Date(receipt.PaidAt)),
        (say.Facts.PaidTo, receipt.Supplier.Name),
        (say.Facts.Address, receipt.Supplier.Address),
        (say.Facts.GstRegistrationNumber, receipt.Supplier.GstRegistrationNumber),
        (say.Facts.PaidBy, receipt.Details.PayerName),
        (say.Facts.PayerAddress, receipt.Details.PayerAddress),
        (say.Facts.PaidOn, say.SingaporeTime(receipt.PaidAt)),
        (say.Facts.PaidWith, MethodOf(receipt)),
        (say.Facts.For, receipt.Details.Description),
        (say.Facts.Reference, receipt.Details.ReferenceId));

    /// <summary>What a credit note states beside the amounts.</summary>
    public IEnumerable<(string Label, string Value)> FactsOf(CreditNote note, PaymentReceipt receipt) => Known(
        (say.Receipt.CreditNoteNumber, note.Number),
        (say.Facts.Date, say.Date(note.IssuedAt)),
        (ForWhich(receipt.Kind), note.ReceiptNumber),
        (say.Facts.Reason, note.IsWhole ? say.Facts.FullRefund : say.Facts.PartialRefund));

    /// <summary>Who stands on a credit note that stands alone.</summary>
    public IEnumerable<(string Label, string Value)> PartiesOf(PaymentReceipt receipt) => Known(
        (say.Facts.RefundedBy, receipt.Supplier.Name),
        (say.Facts.Address, receipt.Supplier.Address),
        (say.Facts.GstRegistrationNumber, receipt.Supplier.GstRegistrationNumber),
        (say.Facts.RefundedTo, receipt.Details.PayerName),
        (say.Facts.PayerAddress, receipt.Details.PayerAddress),
        (say.Facts.For, receipt.Details.Description),
        (say.Facts.Reference, receipt.Details.ReferenceId));

    public string DescriptionOf(ReceiptLine line) => line.Description ?? (line.AmountInCents < 0 ? say.Receipt.Reduction : say.Receipt.NotItemised);

    /// <summary>The tax in a line; empty: no rate is stated.</summary>
    public string GstOf(ReceiptLine line) => line.Gst is { } gst ? say.Receipt.LineGst(say.Dollars(gst.NetInCents), say.Dollars(gst.TaxInCents)) : "";

    /// <summary>The lines above a total: the amount before GST, and the GST. None where no rate is stated.</summary>
    public IEnumerable<(string Label, string Value)> PartsOf(GstSplit? gst) => gst is null ? [] :
    [
        (say.Facts.BeforeGst, say.Dollars(gst.NetInCents)),
        (say.Facts.Gst(gst.Rate), say.Dollars(gst.TaxInCents)),
    ];

    private string NumberOf(ReceiptKind kind) => kind switch
    {
        ReceiptKind.TaxInvoice => say.Receipt.TaxInvoiceNumber,
        ReceiptKind.SimplifiedTaxInvoice => say.Receipt.SimplifiedTaxInvoiceNumber,
        _ => say.Receipt.ReceiptNumber,
    };

    private string ForWhich(ReceiptKind kind) => kind switch
    {
        ReceiptKind.TaxInvoice => say.Receipt.ForTaxInvoice,
        ReceiptKind.SimplifiedTaxInvoice => say.Receipt.ForSimplifiedTaxInvoice,
        _ => say.Receipt.ForReceipt,
    };

    private string? MethodOf(PaymentReceipt receipt) => receipt switch
    {
        { Card: { } card } => say.Methods.CardEndingIn(card.Name, card.LastFour),
        { Method: MethodKinds.Card } => say.Methods.Card,
        { Method: MethodKinds.PayNow } => say.Methods.PayNow,
        _ => null,
    };

    private static IEnumerable<(string Label, string Value)> Known(params IEnumerable<(string Label, string? Value)> facts) =>
        from fact in facts
        let value = ShownText.OneLine(fact.Value)
        where value.Length > 0
        select (fact.Label, value);
}
