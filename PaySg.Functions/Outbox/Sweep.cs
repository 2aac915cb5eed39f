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
/// Finds what queue messages should have woken and did not: outbox rows and due rows that are more than 30 s late. It only sends
/// messages, so it may run twice at once and as often as it likes.
/// </summary>
public sealed class Sweep(
    PaySgTables tables,
    Owners owners,
    WebhookEndpointStore endpoints,
    OutboxNudge nudge,
    DeliveryAlarm alarm,
    IdGenerator ids,
    TimeProvider clock,
    WebhookMetrics metrics,
    SecretKeyRegister secretKeys,
    ILogger<Sweep> log)
{
    /// <summary>How late a row must be.</summary>
    public static readonly TimeSpan Lateness = TimeSpan.FromSeconds(30);

    /// <summary>How far a due row is moved when its message is sent: time for the attempt, then the next sweep sends another.</summary>
    public static readonly TimeSpan MovedOnBy = TimeSpan.FromMinutes(5);

    private const int LookedAt = 1000;

    /// <summary>How many owners are swept beside each other: each is asked for by three queries or more, one after the other.</summary>
    public const int AtOnce = 8;

    /// <summary>Sweeps every owner. One owner's fault does not stop the others.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await ListSecretKeyAsync(cancellationToken);
        var late = clock.GetUtcNow() - Lateness;
        var found = new ConcurrentBag<Found>();
        await Parallel.ForEachAsync(
            owners.IdsAsync(cancellationToken),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (ownerId, cancelled) => found.Add(await SweepOwnerAsync(ownerId, late, cancelled)));

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
            Log.SweepFailed(log, "the register of keys", StorageAdvice.For(fault, clock.GetUtcNow()), fault);
        }
    }

    private async Task<Found> SweepOwnerAsync(string ownerId, DateTimeOffset late, CancellationToken cancellationToken)
    {
        var found = new Found(0, 0, null);
        try
        {
            found = found with { Outbox = await SweepOutboxAsync(ownerId, late, cancellationToken) };
            var (owned, work) = await endpoints.ListWithWorkAsync(ownerId, cancellationToken);
            foreach (var row in work.Where(row => row.CreatedAt < late))
            {
                await nudge.SendOrThrowAsync(row, TimeSpan.Zero, cancellationToken);
                found = found with { Outbox = found.Outbox + 1 };
            }

            foreach (var endpoint in owned)
            {
                var (woken, oldest) = await SweepDueAsync(endpoint, late, cancellationToken);
                found = found with { Due = found.Due + woken, Oldest = Older(found.Oldest, oldest) };
            }
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            var advice = StorageFaults.IsRefusal(fault) || StorageFaults.IsOutage(fault) ? $"A table or queue {StorageAdvice.For(fault, clock.GetUtcNow())}" : "";
            Log.SweepFailed(log, ownerId, advice, fault);
        }

        return found;
    }

    private async Task<int> SweepOutboxAsync(string ownerId, DateTimeOffset late, CancellationToken cancellationToken)
    {
        var sent = 0;
        var filter = RowKeys.Range(ownerId, OutboxRow.Prefix, OutboxRow.Prefix + RowKeys.Milliseconds(late));
        await foreach (var found in tables.OfOwner(ownerId).QueryAsync<TableEntity>(filter, select: ["RowKey"], cancellationToken: cancellationToken))
        {
            if (OutboxRow.Parse(ownerId, found.RowKey) is { } row)
            {
                await nudge.SendOrThrowAsync(row, TimeSpan.Zero, cancellationToken);
                sent++;
                if (row.Kind == OutboxKind.Mail)
                {
                    // A relay may be slow: time for the attempt. A conflict: it was recorded just now, and the next row stands already.
                    await tables.Payments.SubmitAsync(
                        PaymentMailRows.MoveOn(row, clock.NowInMilliseconds() + MovedOnBy, ids.NewWriteId()), cancellationToken);
                }
            }
        }

        return sent;
    }

    /// <summary>Wakes what is late, and looks at some of what is not: for the age of the oldest event that waits.</summary>
    private async Task<(int Sent, DateTimeOffset? Oldest)> SweepDueAsync(WebhookEndpoint endpoint, DateTimeOffset late, CancellationToken cancellationToken)
    {
        var sent = 0;
        var seen = 0;
        DateTimeOffset? oldest = null;
        var lateKey = DeliveryRows.DuePrefix + RowKeys.Milliseconds(late);
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
            await tables.Deliveries.SubmitAsync(
                new EntityGroup(ids.NewWriteId()).MoveDue(endpoint.Id, due.RowKey, attempt, clock.GetUtcNow() + MovedOnBy, ETag.All), cancellationToken);
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
