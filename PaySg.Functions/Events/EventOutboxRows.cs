using PaySg.Functions.Platform.Outbox;

namespace PaySg.Functions.Events;

/// <summary>The outbox row that has an event fanned out. It carries the event, so that a fan-out need not read that as well.</summary>
internal static class EventOutboxRows
{
    /// <summary>The column that names the event's type; rows of release 0.1.0 do not have it.</summary>
    public const string Type = "type";

    /// <summary>The longest event that is carried, in bytes: one column. What is longer is read, rather than written twice.</summary>
    public const int LongestCarried = ChunkedDocument.ChunkSize;

    private const string CreatedAt = "created_at";
    private const string Document = "doc";

    public static TableEntity Write(WebhookEvent webhookEvent)
    {
        var row = new OutboxRow(webhookEvent.OwnerId, webhookEvent.CreatedAt, OutboxKind.Event, webhookEvent.Id).ToEntity();
        row[Type] = webhookEvent.Type;
        row[CreatedAt] = webhookEvent.CreatedAt;
        if (webhookEvent.Body.Length <= LongestCarried)
            ChunkedDocument.Write(row, Document, webhookEvent.Body);

        return row;
    }

    /// <summary>The event that the row carries; null: it is in its own row alone.</summary>
    public static WebhookEvent? Read(OutboxRow work, TableEntity row) => row.GetString(Type) is { } type && ChunkedDocument.IsIn(row, Document)
        ? new WebhookEvent(work.Subject, type, work.OwnerId, row.GetDateTimeOffset(CreatedAt)!.Value, ChunkedDocument.Read(row, Document))
        : null;
}
