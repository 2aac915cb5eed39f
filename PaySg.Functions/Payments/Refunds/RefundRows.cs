using PaySg.Functions.Platform.Outbox;

namespace PaySg.Functions.Payments.Refunds;

/// <summary>Refund rows in the partition of the payment service: <c>r:{payment}:{refund}</c>. While one is pending an outbox row stands beside it.</summary>
internal static class RefundRows
{
    private const string Document = "doc";

    public static string Key(string paymentId, string refundId) => $"r:{paymentId}:{refundId}";

    /// <summary>The refunds of one payment.</summary>
    public static string RangeOf(string paymentServiceId, string paymentId) => RowKeys.Prefix(paymentServiceId, $"r:{paymentId}:");

    public static TableEntity Write(RefundRecord record, string paymentServiceId)
    {
        var row = new TableEntity(paymentServiceId, Key(record.PaymentId, record.RefundId));
        ChunkedDocument.Write(row, Document, JsonSerializer.SerializeToUtf8Bytes(record, StoredPaymentJson.Compact.RefundRecord));
        return row;
    }

    public static RefundRecord Read(TableEntity row) =>
        JsonSerializer.Deserialize(ChunkedDocument.Read(row, Document).Span, StoredPaymentJson.Compact.RefundRecord)!;

    public static OutboxRow Doubt(RefundRecord record, string paymentServiceId) =>
        new(paymentServiceId, record.CreatedAt, OutboxKind.Refund, OutboxSubject.Of(record.PaymentId, record.RefundId));

    /// <summary>The row that stands while the gateway has taken a refund and not decided it.</summary>
    public static OutboxRow Following(RefundKey refund, DateTimeOffset due) =>
        new(refund.PaymentServiceId, due, OutboxKind.PendingRefund, OutboxSubject.Of(refund.PaymentId, refund.RefundId));

    /// <summary>The refund that an outbox row is about.</summary>
    public static RefundKey KeyOf(OutboxRow work)
    {
        var (paymentId, refundId) = OutboxSubject.Parse(work.Subject);
        return new RefundKey(work.OwnerId, paymentId, refundId);
    }
}
