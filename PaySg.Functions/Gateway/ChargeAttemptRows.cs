using PaySg.Functions.Platform.Outbox;

namespace PaySg.Functions.Gateway;

/// <summary>Attempts in the partition of the payment service: <c>a:{payment}:{attempt}</c>. While one is in doubt an outbox row stands beside it.</summary>
internal static class ChargeAttemptRows
{
    private const string Prefix = "a:";
    private const string Document = "doc";

    public static string Key(string paymentId, string attemptId) => $"{Prefix}{paymentId}:{attemptId}";

    /// <summary>The attempts to pay what has a lower id: as ids sort by time, those of what was created before it.</summary>
    public static string RangeBelow(string paymentServiceId, string chargeId) => RowKeys.Range(paymentServiceId, Prefix, Prefix + chargeId);

    /// <summary>The attempts to pay one payment, the oldest first.</summary>
    public static string RangeOf(string paymentServiceId, string paymentId) => RowKeys.Prefix(paymentServiceId, $"{Prefix}{paymentId}:");

    /// <summary>Every attempt to pay a payment of the service.</summary>
    public static string RangeOfAll(string paymentServiceId) => RowKeys.Prefix(paymentServiceId, Prefix);

    public static TableEntity Write(ChargeAttempt attempt, string paymentServiceId)
    {
        var row = new TableEntity(paymentServiceId, Key(attempt.PaymentId, attempt.Id));
        ChunkedDocument.Write(row, Document, JsonSerializer.SerializeToUtf8Bytes(attempt, StoredAttemptJson.Compact.ChargeAttempt));
        return row;
    }

    public static ChargeAttempt Read(TableEntity row) =>
        JsonSerializer.Deserialize(ChunkedDocument.Read(row, Document).Span, StoredAttemptJson.Compact.ChargeAttempt)!;

    public static OutboxRow Doubt(ChargeAttempt attempt, string paymentServiceId) =>
        new(paymentServiceId, attempt.CreatedAt, OutboxKind.Charge, OutboxSubject.Of(attempt.PaymentId, attempt.Id));

    /// <summary>The attempt that an outbox row is about.</summary>
    public static AttemptKey KeyOf(OutboxRow work)
    {
        var (chargeId, attemptId) = OutboxSubject.Parse(work.Subject);
        return new AttemptKey(work.OwnerId, chargeId, attemptId);
    }
}
