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

    /// <summary>Wakes what is late, and looks at some of what is not: for the age of the oldest event that waits, and for when to look again.</summary>
    private async Task<Woken> WakeAsync(string ownerId, string endpointId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var sent = 0;
        var seen = 0;
        DateTimeOffset? oldest = null;
        DateTimeOffset? next = null;
        await foreach (var due in tables.Deliveries.QueryAsync<TableEntity>(RowKeys.Prefix(endpointId, DeliveryRows.DuePrefix), cancellationToken: cancellationToken))
        {
            var eventId = DeliveryRows.EventIdOf(due.RowKey);
            var happenedAt = SortableUuid.TimeOf(eventId[EventRows.IdPrefix.Length..]);
            oldest = oldest < happenedAt ? oldest : happenedAt;
            var lateAt = DeliveryRows.DueAtOf(due.RowKey) + WakeUpSchedule.Lateness[0];
            if (lateAt > now)
            {
                next ??= lateAt;
                if (++seen == LookedAt)
                    break;

                continue;
            }

            var attempt = DeliveryRows.AttemptOf(due);
            await alarm.SetOrThrowAsync(new DeliveryMessage(ownerId, endpointId, eventId, attempt), TimeSpan.Zero, cancellationToken);
            sent++;

            // A conflict: the attempt was recorded just now, and the due row is where that says.
            var wakeUps = WakeUps.Of(due) + 1;
            var to = clock.GetUtcNow() + WakeUpSchedule.MoveAfter(wakeUps);
            await tables.Deliveries.SubmitAsync(
                new EntityGroup(ids.NewWriteId()).MoveDue(ownerId, endpointId, due.RowKey, attempt, to, ETag.All, wakeUps), cancellationToken);
            if (sent == Sweep.MostAtOnce)
            {
                next = now;
                break;
            }
        }

        return new Woken(sent, oldest, oldest is null ? null : next ?? now + WakeUpSchedule.FirstMove);
    }

    private Task<(IReadOnlyList<WebhookEndpoint> Endpoints, IReadOnlyList<OutboxRow> Work)> FindAsync(string ownerId, CancellationToken cancellationToken) =>
        endpoints.ListWithWorkAsync(ownerId, cancellationToken);

    private void Tell(DateTimeOffset? oldest) => metrics.SawOldestUndelivered(oldest is { } waiting ? clock.GetUtcNow() - waiting : TimeSpan.Zero);

    /// <param name="Sent">How many messages were sent.</param>
    /// <param name="Oldest">When the oldest event happened that waits; null: none does.</param>
    /// <param name="Next">When to look again; null: nothing waits.</param>
    private sealed record Woken(int Sent, DateTimeOffset? Oldest, DateTimeOffset? Next);

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

        public async Task<int> WakeAsync(string ownerId, IReadOnlyCollection<string>? endpointIds, Action<WorkMark> next, CancellationToken cancellationToken)
        {
            var sent = 0;
            foreach (var endpointId in endpointIds ?? [.. endpoints[ownerId].Select(static endpoint => endpoint.Id)])
            {
                var woken = await sweep.WakeAsync(ownerId, endpointId, now, cancellationToken);
                sent += woken.Sent;
                oldest.Add(woken.Oldest);
                if (woken.Next is { } at)
                    next(new WorkMark(at, new WorkSubject(WorkPlace.Deliveries, ownerId, endpointId), IsOfSweep: true) { Oldest = woken.Oldest });
            }

            return sent;
        }

        // Nulls do not count.
        public void End(DateTimeOffset? elsewhere) => sweep.Tell(oldest.Append(elsewhere).Min());
    }
}
