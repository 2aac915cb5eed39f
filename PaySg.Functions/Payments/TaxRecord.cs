using PaySg.Functions.Payments.Receipts;

namespace PaySg.Functions.Payments;

/// <summary>
/// What of a payment must stay although its payer's data is taken away. Whoever charges GST keeps the records of a supply for at least five years (Inland Revenue
/// Authority of Singapore, "Record keeping"): what the document says that was issued, so of a tax invoice the customer's name and address, too.
/// </summary>
internal static class TaxRecord
{
    /// <summary>How long records are kept, in years.</summary>
    public const int Years = 5;

    private static readonly string[] OfSimplified = ["description", "line_items"];
    private static readonly string[] OfTaxInvoice = ["payer_name", "payer_address", "description", "line_items"];

    /// <summary>Until when the fields of <see cref="KeptFields"/> are kept; null: none is, because no tax document was issued.</summary>
    public static DateTimeOffset? KeptUntil(Payment payment) =>
        payment.SucceededAt is { } paidAt && ReceiptKinds.Of(payment.Supplier, payment.Details) != ReceiptKind.Receipt ? paidAt.AddYears(Years) : null;

    /// <summary>The fields of the API that stay, at a time.</summary>
    public static IReadOnlyList<string> KeptFields(Payment payment, DateTimeOffset now) => KeptUntil(payment) is not { } until || until <= now ? []
        : ReceiptKinds.Of(payment.Supplier, payment.Details) == ReceiptKind.TaxInvoice ? OfTaxInvoice
        : OfSimplified;
}
