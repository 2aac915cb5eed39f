namespace PaySg.Functions.Payments.Receipts;

/// <summary>Which document a payer gets for what they paid (<see cref="ReceiptKinds"/>).</summary>
internal enum ReceiptKind
{
    /// <summary>Says that the payment was received.</summary>
    Receipt,

    /// <summary>Lets a customer who is registered for GST claim the tax in a small amount.</summary>
    SimplifiedTaxInvoice,

    /// <summary>Lets a customer who is registered for GST claim the tax.</summary>
    TaxInvoice,
}
