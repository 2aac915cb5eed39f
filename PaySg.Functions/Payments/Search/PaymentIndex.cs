namespace PaySg.Functions.Payments.Search;

/// <summary>
/// Writes a payment and, in the same transaction, the copies that searches find it by. Nothing else writes a payment's row, so the copies show what the payment
/// shows. A change of which the API shows nothing leaves them alone.
/// </summary>
internal static class PaymentIndex
{
    /// <summary>Inserts a new payment, its place in the list and its copies.</summary>
    public static EntityGroup InsertPayment(this EntityGroup group, Payment payment)
    {
        var document = PaymentRows.Print(payment);
        group.Insert(PaymentRows.Write(payment, PaymentRows.Key(payment.Id), document)).Insert(PaymentRows.WriteIndex(payment));
        foreach (var key in SearchKeys.Of(payment))
            group.Insert(PaymentRows.Write(payment, key, document));

        return group;
    }

    /// <summary>Replaces a payment that is still as it was read, and its copies where they would show something else.</summary>
    public static EntityGroup ReplacePayment(this EntityGroup group, StoredPayment before, Payment after) => after.ShowsMoreThan(before.Payment)
        ? group.IndexPayment(before, after)
        : group.Replace(PaymentRows.Write(after), before.Version);

    /// <summary>Replaces a payment that is still as it was read, and its copies in any case.</summary>
    public static EntityGroup IndexPayment(this EntityGroup group, StoredPayment before, Payment after)
    {
        var indexed = after with { IsIndexed = true };
        var document = PaymentRows.Print(indexed);
        group.Replace(PaymentRows.Write(indexed, PaymentRows.Key(indexed.Id), document), before.Version);
        foreach (var key in SearchKeys.Of(indexed))
            group.Upsert(PaymentRows.Write(indexed, key, document));

        // One may be missing where a backup of several moments was restored: that must not stand in a payment's way.
        foreach (var key in SearchKeys.LeftBy(before.Payment, indexed))
            group.DeleteIfThere(indexed.PaymentServiceId, key);

        return group;
    }
}
