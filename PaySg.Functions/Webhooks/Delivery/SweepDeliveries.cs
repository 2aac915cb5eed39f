using System.Collections.Concurrent;
using Azure;
using PaySg.Functions.Events;
using PaySg.Functions.Platform.Outbox;
using PaySg.Functions.Webhooks.Endpoints;

namespace PaySg.Functions.Webhooks.Delivery;

/// <summary>Finds attempts that are more than 30 s late, and the outbox rows beside an owner's endpoints. It tells the metrics of the oldest event that waits.</summary>
internal sealed class SweepDeliveries(
    PaySgTables tables, WebhookEndpointStore endpoints, DeliveryAlarm alarm, WebhookMetrics metrics, IdGenerator ids, TimeProvider clock) : ISweep
{
    private const int LookedAt = 1000;

    public ISweepRun Begin(DateTimeOffset now) => new Run(this, now);

    /// <summary>Wakes what is late, and looks at some of what is not: for the age of the oldest event that waits.</summary>
    private async Task<(int Sent, DateTimeOffset? Oldest)> WakeAsync(WebhookEndpoint endpoint, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var sent = 0;
        var seen = 0;
        DateTimeOffset? oldest = null;
        var lateKey = DeliveryRows.DuePrefix + RowKeys.Milliseconds(now - WakeUpSchedule.Lateness[0]);
        await foreach (var due in tables.Deliveries.QueryAsync<TableEntity>(RowKeys.Prefix(endpoint.Id, DeliveryRows.DuePrefix), cancellationToken: cancellationToken))
        {
            var eventId = DeliveryRows.EventIdOf(due.RowKey);
            var happenedAt = SortableUuid.TimeOf(eventId[EventRows.IdPrefix.Length..]);
            oldest = oldest < happenedAt ? oldest : happenedAt;
            if (string.CompareOrdinal(due.RowKey, lateKey) >= 0)
            {
                if (++seen == LookedAt)
                    break;

                continue;
            }

            var attempt = DeliveryRows.AttemptOf(due);
            await alarm.SetOrThrowAsync(new DeliveryMessage(endpoint.OwnerId, endpoint.Id, eventId, attempt), TimeSpan.Zero, cancellationToken);
            sent++;

            // A conflict: the attempt was recorded just now, and the due row is where that says.
            var wakeUps = WakeUps.Of(due) + 1;
            await tables.Deliveries.SubmitAsync(
                new EntityGroup(ids.NewWriteId()).MoveDue(endpoint.Id, due.RowKey, attempt, clock.GetUtcNow() + WakeUpSchedule.MoveAfter(wakeUps), ETag.All, wakeUps),
                cancellationToken);
            if (sent == Sweep.MostAtOnce)
                break;
        }

        return (sent, oldest);
    }

    private Task<(IReadOnlyList<WebhookEndpoint> Endpoints, IReadOnlyList<OutboxRow> Work)> FindAsync(string ownerId, CancellationToken cancellationToken) =>
        endpoints.ListWithWorkAsync(ownerId, cancellationToken);

    private void Tell(DateTimeOffset? oldest) => metrics.SawOldestUndelivered(oldest is { } waiting ? clock.GetUtcNow() - waiting : TimeSpan.Zero);

    private sealed class Run(SweepDeliveries sweep, DateTimeOffset now) : ISweepRun
    {
        private readonly ConcurrentDictionary<string, IReadOnlyList<WebhookEndpoint>> endpoints = new(StringComparer.Ordinal);
        private readonly ConcurrentBag<DateTimeOffset?> oldest = [];

        public async Task<IReadOnlyList<OutboxRow>> FindRowsAsync(string ownerId, CancellationToken cancellationToken)
        {
            var (owned, work) = await sweep.FindAsync(ownerId, cancellationToken);
            endpoints[ownerId] = owned;
            return work;
        }

        public async Task<int> WakeAsync(string ownerId, CancellationToken cancellationToken)
        {
            var sent = 0;
            foreach (var endpoint in endpoints[ownerId])
            {
                var (woken, waiting) = await sweep.WakeAsync(endpoint, now, cancellationToken);
                sent += woken;
                oldest.Add(waiting);
            }

            return sent;
        }

        // Nulls do not count.
        public void End() => sweep.Tell(oldest.Min());
    }
}
