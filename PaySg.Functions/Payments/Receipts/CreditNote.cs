using PaySg.Functions.Payments.Refunds;

namespace PaySg.Functions.Payments.Receipts;

/// <summary>What a payer gets for a refund that succeeded: it takes back a part of the receipt, or all of it.</summary>
/// <param name="Number">The receipt's number and the place of the refund among those of its payment, such as <c>…-C1</c>: unique, and no row counts.</param>
/// <param name="ReceiptNumber">The number of the document that it takes back from.</param>
/// <param name="RefundId">Such as <c>re_…</c>.</param>
/// <param name="IssuedAt">When the gateway refunded it.</param>
/// <param name="IsWhole">Whether it takes back all of the receipt at once.</param>
/// <param name="AmountInCents">How much went back, tax included.</param>
/// <param name="Gst">The tax in it; null: no rate is stated.</param>
internal sealed record CreditNote(
    string Number, string ReceiptNumber, string RefundId, DateTimeOffset IssuedAt, bool IsWhole, long AmountInCents, GstSplit? Gst)
{
    /// <summary>The credit notes of a payment, oldest first: one for each refund that stands.</summary>
    /// <param name="rateBasisPoints">The rate that the payer was charged by; null: none was stated.</param>
    public static IReadOnlyList<CreditNote> Of(Payment payment, int? rateBasisPoints)
    {
        var notes = new List<CreditNote>();
        for (var place = 0; place < payment.Refunds.Count; place++)
        {
            var refund = payment.Refunds[place];
            if (refund.Status != RefundStatus.Succeeded)
                continue;

            GstSplit? gst = null;
            if (rateBasisPoints is { } rate)
                gst = GstSplit.Of(refund.AmountInCents, refund.GstInCents ?? TaxIn(refund.AmountInCents, notes, rate), rate);

            notes.Add(new CreditNote(
                string.Create(CultureInfo.InvariantCulture, $"{payment.Id}-C{place + 1}"),
                payment.Id,
                refund.Id,
                refund.UpdatedAt,
                refund.AmountInCents == payment.Details.AmountInCents,
                refund.AmountInCents,
                gst));
        }

        return notes;
    }

    /// <summary>
    /// The tax in the next refund: what all of them together hold, less what the earlier ones hold by their credit notes. So the last one completes the tax in
    /// the whole, to the cent.
    /// </summary>
    public static long TaxIn(long amountInCents, IReadOnlyList<CreditNote> earlier, int rateBasisPoints)
    {
        var whole = GstSplit.TaxIn(earlier.Sum(note => note.AmountInCents) + amountInCents, rateBasisPoints);

        // A refund that did not arrive takes its credit note with it. What is left may be a cent off, and no tax is negative or more than the amount.
        return Math.Clamp(whole - earlier.Sum(note => note.Gst?.TaxInCents ?? 0), 0, amountInCents);
    }
}
