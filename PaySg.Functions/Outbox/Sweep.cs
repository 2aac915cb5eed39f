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

namespace PaySg.Functions.Outbox;

/// <summary>
/// Finds what queue messages should have woken and did not: outbox rows and due rows that are more than 30 s late. It only sends
/// messages, so it may run twice at once and as often as it likes.
/// </summary>
public sealed class Sweep(
    PaySgTables tables,
    PaymentServices services,
    WebhookEndpointStore endpoints,
    OutboxNudge nudge,
    DeliveryAlarm alarm,
    IdGenerator ids,
    TimeProvider clock,
    ILogger<Sweep> log)
{
    /// <summary>How late a row must be.</summary>
    public static readonly TimeSpan Lateness = TimeSpan.FromSeconds(30);

    /// <summary>How far a due row is moved when its message is sent: time for the attempt, then the next sweep sends another.</summary>
    public static readonly TimeSpan MovedOnBy = TimeSpan.FromMinutes(5);

    /// <summary>Sweeps every owner. One owner's fault does not stop the others.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var late = clock.GetUtcNow() - Lateness;
        var outbox = 0;
        var due = 0;
        await foreach (var ownerId in services.OwnerIdsAsync(cancellationToken))
        {
            try
            {
                outbox += await SweepOutboxAsync(ownerId, late, cancellationToken);
                foreach (var endpoint in await endpoints.ListAllAsync(ownerId, cancellationToken))
                {
                    due += await SweepDueAsync(endpoint, late, cancellationToken);
                }
            }
            catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
            {
                Log.SweepFailed(log, ownerId, fault);
            }
        }

        if (outbox + due > 0)
        {
            Log.Swept(log, outbox, due);
        }
    }

    private async Task<int> SweepOutboxAsync(string ownerId, DateTimeOffset late, CancellationToken cancellationToken)
    {
        var sent = 0;
        var filter = RowKeys.Range(ownerId, OutboxRow.Prefix, OutboxRow.Prefix + RowKeys.Milliseconds(late));
        await foreach (var found in tables.Payments.QueryAsync<TableEntity>(filter, select: ["RowKey"], cancellationToken: cancellationToken))
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

    private async Task<int> SweepDueAsync(WebhookEndpoint endpoint, DateTimeOffset late, CancellationToken cancellationToken)
    {
        var sent = 0;
        var filter = RowKeys.Range(endpoint.Id, DeliveryRows.DuePrefix, DeliveryRows.DuePrefix + RowKeys.Milliseconds(late));
        await foreach (var due in tables.Deliveries.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
        {
            var eventId = DeliveryRows.EventIdOf(due);
            await alarm.SetOrThrowAsync(
                new DeliveryMessage(endpoint.OwnerId, endpoint.Id, eventId, DeliveryRows.AttemptOf(due)), TimeSpan.Zero, cancellationToken);
            sent++;

            // A conflict: the attempt was recorded just now, and the due row is where that says.
            var (delivery, moved) = DeliveryRows.WriteMovedDue(due, eventId, clock.GetUtcNow() + MovedOnBy);
            await tables.Deliveries.SubmitAsync(
                new EntityGroup(ids.NewWriteId()).Merge(delivery).Insert(moved).Delete(due.PartitionKey, due.RowKey), cancellationToken);
        }

        return sent;
    }
}
