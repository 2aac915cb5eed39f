using PaySg.Functions.Platform.Outbox;

namespace PaySg.Functions.Events;

internal static class EventPublishing
{
    /// <summary>
    /// Adds an event to the transaction of what it tells of, and the outbox row that has it fanned out. Who submits the group passes it to
    /// <see cref="OutboxNudge"/> afterwards; where the process dies in between, the sweeper finds the row.
    /// </summary>
    public static EntityGroup Publish(this EntityGroup group, WebhookEvent webhookEvent) => group
        .Insert(EventRows.Write(webhookEvent))
        .Insert(EventOutboxRows.Write(webhookEvent));
}
