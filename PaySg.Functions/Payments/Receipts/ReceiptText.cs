using PaySg.Functions.Gateway;
using PaySg.Functions.Platform.Markup;

namespace PaySg.Functions.Payments.Receipts;

/// <summary>The words of receipts and credit notes, the same on pages, in mails and in the documents that the API gives.</summary>
internal static class ReceiptText
{
    public const string PriceIncludesGst = "Price includes GST";
    public const string CreditNoteTitle = "Credit note";

    /// <summary>What is said of a document that is made of settings of now.</summary>
    public const string FromSettings =
        "The agency’s details and the GST shown here are those of today. This payment was made before we began to keep a copy of them with each payment.";

    public static string TitleOf(ReceiptKind kind) => kind switch
    {
        ReceiptKind.TaxInvoice => "Tax invoice",
        ReceiptKind.SimplifiedTaxInvoice => "Simplified tax invoice",
        _ => "Receipt",
    };

    /// <summary>What the document states beside the amounts. What is not known is left out.</summary>
    public static IEnumerable<(string Label, string Value)> FactsOf(PaymentReceipt receipt) => Known(
        ($"{TitleOf(receipt.Kind)} number", receipt.Number),
        ("Date", ShownText.Date(receipt.PaidAt)),
        ("Paid to", receipt.Supplier.Name),
        ("Address", receipt.Supplier.Address),
        ("GST registration number", receipt.Supplier.GstRegistrationNumber),
        ("Paid by", receipt.Details.PayerName),
        ("Payer’s address", receipt.Details.PayerAddress),
        ("Paid on", ShownText.Time(receipt.PaidAt)),
        ("Paid with", MethodOf(receipt)),
        ("For", receipt.Details.Description),
        ("Reference", receipt.Details.ReferenceId));

    /// <summary>What a credit note states beside the amounts.</summary>
    public static IEnumerable<(string Label, string Value)> FactsOf(CreditNote note, PaymentReceipt receipt) => Known(
        ($"{CreditNoteTitle} number", note.Number),
        ("Date", ShownText.Date(note.IssuedAt)),
        ($"For {TitleOf(receipt.Kind).ToLowerInvariant()}", note.ReceiptNumber),
        ("Reason", note.IsWhole ? "Full refund" : "Partial refund"));

    /// <summary>Who stands on a credit note that stands alone.</summary>
    public static IEnumerable<(string Label, string Value)> PartiesOf(PaymentReceipt receipt) => Known(
        ("Refunded by", receipt.Supplier.Name),
        ("Address", receipt.Supplier.Address),
        ("GST registration number", receipt.Supplier.GstRegistrationNumber),
        ("Refunded to", receipt.Details.PayerName),
        ("Payer’s address", receipt.Details.PayerAddress),
        ("For", receipt.Details.Description),
        ("Reference", receipt.Details.ReferenceId));

    public static string DescriptionOf(ReceiptLine line) => line.Description ?? (line.AmountInCents < 0 ? "Reduction" : "Not itemised");

    /// <summary>The tax in a line; empty: no rate is stated.</summary>
    public static string GstOf(ReceiptLine line) => line.Gst is { } gst ? $"Before GST {ShownText.Amount(gst.NetInCents)}, GST {ShownText.Amount(gst.TaxInCents)}" : "";

    /// <summary>The lines above a total: the amount before GST, and the GST. None where no rate is stated.</summary>
    public static IEnumerable<(string Label, string Value)> PartsOf(GstSplit? gst) => gst is null ? [] :
    [
        ("Before GST", ShownText.Amount(gst.NetInCents)),
        ($"GST ({gst.Rate}%)", ShownText.Amount(gst.TaxInCents)),
    ];

    private static string? MethodOf(PaymentReceipt receipt) => receipt switch
    {
        { Card: { } card } => $"{card.Name} ending in {card.LastFour}",
        { Method: MethodKinds.Card } => "Credit or debit card",
        { Method: MethodKinds.PayNow } => "PayNow",
        _ => null,
    };

    private static IEnumerable<(string Label, string Value)> Known(params IEnumerable<(string Label, string? Value)> facts) =>
        from fact in facts
        let value = ShownText.OneLine(fact.Value)
        where value.Length > 0
        select (fact.Label, value);
}
