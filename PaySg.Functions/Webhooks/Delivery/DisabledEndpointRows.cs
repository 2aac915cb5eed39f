using PaySg.Functions.Events;
using PaySg.Functions.Platform.Outbox;

namespace PaySg.Functions.Webhooks.Delivery;

/// <summary>The outbox row that carries the event of a disabled endpoint from the partition of endpoints to that of events.</summary>
internal static class DisabledEndpointRows
{
    private const string Document = "doc";

    public static TableEntity Write(OutboxRow work, WebhookEvent webhookEvent)
    {
        var row = work.ToEntity();
        row["created_at"] = webhookEvent.CreatedAt;
        ChunkedDocument.Write(row, Document, webhookEvent.Body);
        return row;
    }

    public static WebhookEvent Read(OutboxRow work, TableEntity row) => new(
        work.Subject,
        EventTypes.WebhookEndpointDisabled,
        work.OwnerId,
        row.GetDateTimeOffset("created_at")!.Value,
        ChunkedDocument.Read(row, Document));
}
