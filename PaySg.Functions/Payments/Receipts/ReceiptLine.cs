namespace PaySg.Functions.Payments.Receipts;

/// <summary>One line of a receipt. The lines add up to the total.</summary>
/// <param name="Description">What it is; null: what the e-service's items leave of the total, or what they exceed it by.</param>
/// <param name="Quantity">How many, for display; null: not said, or a line that counts nothing.</param>
/// <param name="AmountInCents">The line's amount, tax included. Negative only where the items exceed the total.</param>
/// <param name="Gst">The tax in it; null: no rate is stated.</param>
internal sealed record ReceiptLine(string? Description, long? Quantity, long AmountInCents, GstSplit? Gst)
{
    /// <summary>The lines of a payment: its items and what they leave of the total, or one line for all of it.</summary>
    public static IReadOnlyList<ReceiptLine> Of(PaymentDetails details, int? rateBasisPoints)
    {
        List<LineItem> items = [.. details.LineItems ?? []];
        var rest = details.AmountInCents - items.Sum(item => item.AmountInCents);
        List<(string? Description, long? Quantity, long Amount)> parts = items.Count == 0
            ? [(details.Description, 1, details.AmountInCents)]
            : [.. items.Select(item => ((string?)item.Description, item.Quantity, item.AmountInCents))];

        // Last, so that no running sum is negative.
        if (items.Count > 0 && rest != 0)
            parts.Add((null, null, rest));

        var splits = rateBasisPoints is { } rate ? GstSplit.OfParts(parts.Select(part => part.Amount), rate) : null;
        return [.. parts.Select((part, index) => new ReceiptLine(part.Description, part.Quantity, part.Amount, splits?[index]))];
    }
}
