using PaySg.Functions.Access;
using PaySg.Functions.Gateway;

namespace PaySg.Functions.Payments.Receipts;

/// <summary>
/// What a payer gets for what they paid, and for what went back since. Page, mail and API show this and nothing else. It is made of the payment's own row, so it
/// says the same for as long as that stands.
/// </summary>
internal sealed record PaymentReceipt
{
    public required ReceiptKind Kind { get; init; }

    /// <summary>The payment's id: unique, and what payers name when they ask.</summary>
    public required string Number { get; init; }

    /// <summary>When it was paid, which is the document's date.</summary>
    public required DateTimeOffset PaidAt { get; init; }

    public required Supplier Supplier { get; init; }

    /// <summary>Whether the supplier's details are those of now, because the payment is older than the copy that is kept of them.</summary>
    public required bool IsFromSettings { get; init; }

    /// <summary>What was paid for and by whom, as the e-service said when it created the payment.</summary>
    public required PaymentDetails Details { get; init; }

    /// <summary>The kind of method that was charged; null: a release that is long gone did not write it down.</summary>
    public string? Method { get; init; }

    /// <summary>The card that was charged; null: none, or not known.</summary>
    public ChargedCard? Card { get; init; }

    /// <summary>What was paid for; the lines add up to the total.</summary>
    public required IReadOnlyList<ReceiptLine> Lines { get; init; }

    /// <summary>The tax in the total; null: no rate was stated.</summary>
    public GstSplit? Gst { get; init; }

    /// <summary>Whether the words "Price includes GST" belong on it. A tax invoice states the tax itself.</summary>
    public bool SaysPriceIncludesGst => Kind != ReceiptKind.TaxInvoice && Gst is { RateBasisPoints: > 0 };

    /// <summary>What went back, oldest first.</summary>
    public required IReadOnlyList<CreditNote> CreditNotes { get; init; }

    /// <param name="payment">The payment, which is paid.</param>
    /// <param name="current">The payment service as it is now, for payments that have no copy of it; null: not to be found, or not needed.</param>
    public static PaymentReceipt Of(Payment payment, PaymentService? current)
    {
        var paidAt = payment.SucceededAt ?? throw new InvalidOperationException($"Payment {payment.Id} is not paid, so there is no receipt.");
        var supplier = payment.Supplier ?? Supplier.Of(current);
        return new PaymentReceipt
        {
            Kind = ReceiptKinds.Of(payment.Supplier, payment.Details),
            Number = payment.Id,
            PaidAt = paidAt,
            Supplier = supplier,
            IsFromSettings = payment.Supplier is null,
            Details = payment.Details,
            Method = payment.PaidMethod,
            Card = payment.PaidCard,
            Lines = ReceiptLine.Of(payment.Details, supplier.GstRateBasisPoints),
            Gst = GstSplit.Of(payment.Details.AmountInCents, supplier.GstRateBasisPoints),
            CreditNotes = CreditNote.Of(payment, supplier.GstRateBasisPoints),
        };
    }
}
