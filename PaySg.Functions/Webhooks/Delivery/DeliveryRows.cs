using System.Text.Json;
using Azure.Data.Tables;
using PaySg.Functions.Ids;
using PaySg.Functions.Storage;
using PaySg.Functions.Webhooks.Events;

namespace PaySg.Functions.Webhooks.Delivery;

/// <summary>The rows of a delivery in the partition of its endpoint.</summary>
/// <remarks>
/// <list type="table">
/// <item><term><c>v:</c> complement of the event's UUID</term><description>the delivery, newest first, with the event's bytes</description></item>
/// <item><term><c>d:{milliseconds}:{event}</c></term><description>the due row: while a delivery is not final, this row is the schedule and
/// the queue message only its alarm clock. The delivery's column <c>due</c> names it.</description></item>
/// </list>
/// </remarks>
internal static class DeliveryRows
{
    public const string DuePrefix = "d:";
    private const string Body = "body";
    private const string Attempts = "attempts";
    private const string Due = "due";

    public static string Key(string eventId) => "v:" + SortableUuid.Complement(eventId[EventRows.IdPrefix.Length..]);

    public static string DueKey(DateTimeOffset at, string eventId) => $"{DuePrefix}{RowKeys.Milliseconds(at)}:{eventId}";

    /// <summary>The whole row, to be inserted.</summary>
    public static TableEntity WriteNew(WebhookDelivery delivery)
    {
        var row = WriteChange(delivery);
        row["owner_id"] = delivery.Event.OwnerId;
        row["event_id"] = delivery.Event.Id;
        row["event_type"] = delivery.Event.Type;
        row["event_created_at"] = delivery.Event.CreatedAt;
        ChunkedDocument.Write(row, Body, delivery.Event.Body.Span);
        return row;
    }

    /// <summary>The columns that an attempt changes, to be merged: the event's bytes stay where they are.</summary>
    public static TableEntity WriteChange(WebhookDelivery delivery)
    {
        var row = new TableEntity(delivery.EndpointId, Key(delivery.Event.Id))
        {
            ["state"] = delivery.State.ToString(),
            ["attempt_count"] = delivery.AttemptCount,
            // A merge keeps what it does not name and cannot clear: an empty text says "none".
            ["next_attempt_at"] = delivery.NextAttemptAt?.ToString("O") ?? "",
            [Due] = delivery.NextAttemptAt is { } at ? DueKey(at, delivery.Event.Id) : "",
        };
        ChunkedDocument.Write(row, Attempts, JsonSerializer.SerializeToUtf8Bytes(delivery.Attempts, StoredJson.Compact.IReadOnlyListDeliveryAttempt));
        return row;
    }

    /// <summary>The due row of the delivery's next attempt.</summary>
    public static TableEntity WriteDue(WebhookDelivery delivery, DateTimeOffset at) =>
        new(delivery.EndpointId, DueKey(at, delivery.Event.Id)) { ["attempt"] = delivery.AttemptCount + 1 };

    /// <summary>A due row moved to a later time, and the delivery's note of where it is.</summary>
    public static (TableEntity Delivery, TableEntity Due) WriteMovedDue(TableEntity due, string eventId, DateTimeOffset to) => (
        new TableEntity(due.PartitionKey, Key(eventId)) { [Due] = DueKey(to, eventId) },
        new TableEntity(due.PartitionKey, DueKey(to, eventId)) { ["attempt"] = AttemptOf(due) });

    public static int AttemptOf(TableEntity due) => due.GetInt32("attempt")!.Value;

    public static string EventIdOf(TableEntity due) => due.RowKey.Split(':', 3)[2];

    /// <summary>The due row that stands beside the delivery; null: none.</summary>
    public static string? DueKeyOf(TableEntity row) => row.GetString(Due) is { Length: > 0 } key ? key : null;

    public static WebhookDelivery Read(TableEntity row) => new()
    {
        EndpointId = row.PartitionKey,
        Event = new WebhookEvent(
            row.GetString("event_id"),
            row.GetString("event_type"),
            row.GetString("owner_id"),
            row.GetDateTimeOffset("event_created_at")!.Value,
            ChunkedDocument.Read(row, Body)),
        State = Enum.Parse<DeliveryState>(row.GetString("state")),
        AttemptCount = row.GetInt32("attempt_count")!.Value,
        Attempts = JsonSerializer.Deserialize(ChunkedDocument.Read(row, Attempts).Span, StoredJson.Compact.IReadOnlyListDeliveryAttempt)!,
        NextAttemptAt = row.GetString("next_attempt_at") is { Length: > 0 } text
            ? DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture)
            : null,
    };
}
