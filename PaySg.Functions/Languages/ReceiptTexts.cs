using PaySg.Functions.Platform.Markup;

namespace PaySg.Functions.Languages;

/// <summary>The words of receipts, tax invoices and credit notes.</summary>
internal sealed class ReceiptTexts(TextFile file) : TextGroup(file, "Receipt")
{
    public string Receipt => Say();

    public string SimplifiedTaxInvoice => Say();

    public string TaxInvoice => Say();

    public string CreditNote => Say();

    public string ReceiptNumber => Say();

    public string SimplifiedTaxInvoiceNumber => Say();

    public string TaxInvoiceNumber => Say();

    public string CreditNoteNumber => Say();

    public string ForReceipt => Say();

    public string ForSimplifiedTaxInvoice => Say();

    public string ForTaxInvoice => Say();

    public string PriceIncludesGst => Say();

    public string FromSettings => Say();

    public Sentence LineGst(SentenceValue net, SentenceValue tax) => Say(net, tax);

    public string Reduction => Say();

    public string NotItemised => Say();
}
