using System.Collections.Concurrent;
using Azure;
using Azure.Data.Tables;
using Microsoft.Extensions.Logging;
using PaySg.Functions.Access;
using PaySg.Functions.Diagnostics;
using PaySg.Functions.Emails;
using PaySg.Functions.Ids;
using PaySg.Functions.Json;
using PaySg.Functions.Storage;
using PaySg.Functions.Webhooks.Delivery;
using PaySg.Functions.Webhooks.Endpoints;
using PaySg.Functions.Webhooks.Events;

namespace PaySg.Functions.Outbox;

/// <summary>
/// Finds what queue messages should have woken and did not: outbox rows and due rows that are more than 30 s late. It wakes each by the
/// <see cref="WakeUpSchedule"/>. It only sends messages, so it may run twice at once and as often as it likes.
/// </summary>
public sealed class Sweep(
    PaySgTables tables,
    Owners owners,
    WebhookEndpointStore endpoints,
    OutboxNudge nudge,
    DeliveryAlarm alarm,
    StorageAdvice advice,
    IdGenerator ids,
    TimeProvider clock,
    WebhookMetrics metrics,
    SecretKeyRegister secretKeys,
    ILogger<Sweep> log)
{
    /// <summary>
    /// How many rows of one outbox, or of one endpoint, are woken by one sweep at most, so that it ends in its time. An outbox row beyond them has its turn at
    /// its next wake-up, a due row with the next sweep.
    /// </summary>
    public const int MostAtOnce = 10_000;

    private const int LookedAt = 1000;

    /// <summary>How many owners are swept beside each other: each is asked for by three queries or more, one after the other.</summary>
    public const int AtOnce = 8;

    /// <summary>Sweeps every owner. One owner's fault does not stop the others.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await ListSecretKeyAsync(cancellationToken);
        var now = clock.GetUtcNow();
        var found = new ConcurrentBag<Found>();
        await Parallel.ForEachAsync(
            owners.IdsAsync(cancellationToken),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (ownerId, cancelled) => found.Add(await SweepOwnerAsync(ownerId, now, cancelled)));

        metrics.SawOldestUndelivered(found.Min(owner => owner.Oldest) is { } waiting ? clock.GetUtcNow() - waiting : TimeSpan.Zero);
        var (outbox, due) = (found.Sum(owner => owner.Outbox), found.Sum(owner => owner.Due));
        if (outbox + due > 0)
        {
            Log.Swept(log, outbox, due);
        }
    }

    /// <summary>So that the key is missed where the settings lose it. A fault here keeps nobody's work waiting; the next sweep tries again.</summary>
    private async Task ListSecretKeyAsync(CancellationToken cancellationToken)
    {
        try
        {
            await secretKeys.ListCurrentAsync(cancellationToken);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            Log.SweepFailed(log, "the register of keys", advice.For(fault), fault);
        }
    }

    private async Task<Found> SweepOwnerAsync(string ownerId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var found = new Found(0, 0, null);
        try
        {
            var outbox = await LateRowsAsync(ownerId, now, cancellationToken);
            var (owned, work) = await endpoints.ListWithWorkAsync(ownerId, cancellationToken);
            found = found with { Outbox = await WakeAsync(ownerId, [.. outbox, .. work.Select(static row => (row, 0))], now, cancellationToken) };
            foreach (var endpoint in owned)
            {
                var (woken, oldest) = await SweepDueAsync(endpoint, now, cancellationToken);
                found = found with { Due = found.Due + woken, Oldest = Older(found.Oldest, oldest) };
            }
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            var toDo = StorageFaults.IsRefusal(fault) || StorageFaults.IsOutage(fault) ? $"A table or queue {advice.For(fault)}" : "";
            Log.SweepFailed(log, ownerId, toDo, fault);
        }

        return found;
    }

    private async Task<IReadOnlyList<(OutboxRow Row, int WakeUps)>> LateRowsAsync(string ownerId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var late = new List<(OutboxRow, int)>();

        // To the end of the millisecond: what is counted as late must be seen.
        var end = RowKeys.Milliseconds((now - WakeUpSchedule.Lateness[0]).AddMilliseconds(1));
        var filter = RowKeys.Range(ownerId, OutboxRow.Prefix, OutboxRow.Prefix + end);
        await foreach (var found in tables.OfOwner(ownerId).QueryAsync<TableEntity>(filter, select: ["RowKey", WakeUps.Column], cancellationToken: cancellationToken))
        {
            if (OutboxRow.Parse(ownerId, found.RowKey) is { } row)
            {
                late.Add((row, WakeUps.Of(found)));
            }
        }

        return late;
    }

    /// <summary>Wakes what is to be woken of an owner's outbox rows, oldest first.</summary>
    /// <returns>How many messages were sent.</returns>
    private async Task<int> WakeAsync(
        string ownerId, IReadOnlyList<(OutboxRow Row, int WakeUps)> rows, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var table = tables.OfOwner(ownerId);
        var last = rows.Any(found => found.Row.Kind != OutboxKind.Mail && WakeUpSchedule.IsDue(found.Row.DueAt, null, now)) ? await LastSweep.FindAsync(table, ownerId, now, cancellationToken) : null;
        var sent = 0;
        var isToBeNoted = false;
        foreach (var (row, wakeUps) in rows)
        {
            // The schedule of a mail is moved on with each wake-up, so whatever is late of it is to be woken.
            var isMail = row.Kind == OutboxKind.Mail;
            if (sent == MostAtOnce || !WakeUpSchedule.IsDue(row.DueAt, isMail ? null : last, now))
            {
                continue;
            }

            await nudge.SendOrThrowAsync(row, TimeSpan.Zero, cancellationToken);
            sent++;
            isToBeNoted |= !isMail;
            if (isMail)
            {
                // A relay may be slow: time for the attempt. A conflict: it was recorded just now, and the next row stands already.
                await tables.Payments.SubmitAsync(
                    PaymentMailRows.MoveOn(row, clock.NowInMilliseconds() + WakeUpSchedule.MoveAfter(wakeUps + 1), wakeUps + 1, ids.NewWriteId()), cancellationToken);
            }
        }

        if (isToBeNoted)
        {
            await LastSweep.WriteAsync(table, ownerId, now, cancellationToken);
        }

        return sent;
    }

    /// <summary>Wakes what is late, and looks at some of what is not: for the age of the oldest event that waits.</summary>
    private async Task<(int Sent, DateTimeOffset? Oldest)> SweepDueAsync(WebhookEndpoint endpoint, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var sent = 0;
        var seen = 0;
        DateTimeOffset? oldest = null;
        var lateKey = DeliveryRows.DuePrefix + RowKeys.Milliseconds(now - WakeUpSchedule.Lateness[0]);
        await foreach (var due in tables.Deliveries.QueryAsync<TableEntity>(RowKeys.Prefix(endpoint.Id, DeliveryRows.DuePrefix), cancellationToken: cancellationToken))
        {
            var eventId = DeliveryRows.EventIdOf(due.RowKey);
            oldest = Older(oldest, SortableUuid.TimeOf(eventId[EventRows.IdPrefix.Length..]));
            if (string.CompareOrdinal(due.RowKey, lateKey) >= 0)
            {
                if (++seen == LookedAt)
                {
                    break;
                }

                continue;
            }

            var attempt = DeliveryRows.AttemptOf(due);
            await alarm.SetOrThrowAsync(new DeliveryMessage(endpoint.OwnerId, endpoint.Id, eventId, attempt), TimeSpan.Zero, cancellationToken);
            sent++;

            // A conflict: the attempt was recorded just now, and the due row is where that says.
            var wakeUps = WakeUps.Of(due) + 1;
            await tables.Deliveries.SubmitAsync(
                new EntityGroup(ids.NewWriteId()).MoveDue(endpoint.Id, due.RowKey, attempt, clock.GetUtcNow() + WakeUpSchedule.MoveAfter(wakeUps), ETag.All, wakeUps), cancellationToken);
            if (sent == MostAtOnce)
            {
                break;
            }
        }

        return (sent, oldest);
    }

    private static DateTimeOffset? Older(DateTimeOffset? one, DateTimeOffset? other) => one < other || other is null ? one : other;

    /// <summary>What was found of one owner.</summary>
    /// <param name="Outbox">How many messages were sent for outbox rows.</param>
    /// <param name="Due">How many for due rows.</param>
    /// <param name="Oldest">When the oldest event happened that waits to be delivered; null: none waits.</param>
    private sealed record Found(int Outbox, int Due, DateTimeOffset? Oldest);
}
