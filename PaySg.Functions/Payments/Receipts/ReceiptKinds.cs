namespace PaySg.Functions.Payments.Receipts;

/// <summary>
/// Decides which document a payment gets, by what is known of it. The rules are those of the Inland Revenue Authority of Singapore, page "Invoicing customers"
/// (iras.gov.sg, Goods and Services Tax, "Invoicing, price display and record keeping").
/// </summary>
/// <remarks>
/// <list type="bullet">
/// <item><description>Only a supplier with a registration number who charges the tax issues a tax invoice. Supplies at 0 % need none.</description></item>
/// <item><description>A tax invoice names the customer, with address. Whether the customer is registered is not known here; a full invoice serves both.</description></item>
/// <item><description>Up to S$1,000, tax included, a simplified tax invoice does without the customer.</description></item>
/// <item><description>Everything else is a receipt, and so is what was paid before copies of the supplier's details were kept: whether the supplier was
/// registered then is not known.</description></item>
/// <item><description>Each refund that succeeded gives a credit note that names the document (<see cref="CreditNote"/>).</description></item>
/// </list>
/// </remarks>
internal static class ReceiptKinds
{
    /// <summary>The largest amount of a simplified tax invoice, tax included, in cents.</summary>
    public const long SimplifiedUpToInCents = 1_000_00;

    /// <param name="supplier">Who was paid, as it was when the payer was charged; null: no copy was kept.</param>
    /// <param name="details">What was paid for, and by whom.</param>
    public static ReceiptKind Of(Supplier? supplier, PaymentDetails details)
    {
        return (supplier, details) switch
        {
            ({ GstRegistrationNumber: not null, GstRateBasisPoints: > 0, Address.Length: > 0 }, { PayerName.Length: > 0, PayerAddress.Length: > 0 }) => ReceiptKind.TaxInvoice,
            ({ GstRegistrationNumber: not null, GstRateBasisPoints: > 0 }, { AmountInCents: <= SimplifiedUpToInCents }) => ReceiptKind.SimplifiedTaxInvoice,
            _ => ReceiptKind.Receipt,
        };
    }

    /// <summary>The name in the API.</summary>
    public static string Name(this ReceiptKind kind) => kind switch
    {
        ReceiptKind.Receipt => "receipt",
        ReceiptKind.SimplifiedTaxInvoice => "simplified_tax_invoice",
        ReceiptKind.TaxInvoice => "tax_invoice",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
