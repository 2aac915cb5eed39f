using System.Text.Json;
using Azure.Data.Tables;
using PaySg.Functions.Outbox;
using PaySg.Functions.Storage;

namespace PaySg.Functions.Checkout;

/// <summary>Attempts in the partition of the payment service: <c>a:{payment}:{attempt}</c>. While one is in doubt an outbox row stands beside it.</summary>
internal static class ChargeAttemptRows
{
    private const string Document = "doc";

    public static string Key(string paymentId, string attemptId) => $"a:{paymentId}:{attemptId}";

    public static TableEntity Write(ChargeAttempt attempt, string paymentServiceId)
    {
        var row = new TableEntity(paymentServiceId, Key(attempt.PaymentId, attempt.Id));
        ChunkedDocument.Write(row, Document, JsonSerializer.SerializeToUtf8Bytes(attempt, StoredJson.Compact.ChargeAttempt));
        return row;
    }

    public static ChargeAttempt Read(TableEntity row) =>
        JsonSerializer.Deserialize(ChunkedDocument.Read(row, Document).Span, StoredJson.Compact.ChargeAttempt)!;

    public static OutboxRow Doubt(ChargeAttempt attempt, string paymentServiceId) =>
        new(paymentServiceId, attempt.CreatedAt, OutboxKind.Charge, OutboxSubject.Of(attempt.PaymentId, attempt.Id));
}
