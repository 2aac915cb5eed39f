using PaySg.Functions.Platform.Outbox;
using PaySg.Functions.Webhooks.Delivery;
using PaySg.Functions.Webhooks.Endpoints;

namespace PaySg.Functions.Webhooks.Recoveries;

/// <summary>
/// Walks over an endpoint's deliveries in batches and starts again each that is not delivered. A delivery notes which recovery started it, so a
/// batch that is done twice starts none twice, and counts it all the same.
/// </summary>
internal sealed class RunRecovery(
    PaySgTables tables,
    WebhookEndpointStore endpoints,
    DeliveryAlarm alarm,
    OutboxNudge nudge,
    HotRowRetry hotRow,
    IdGenerator ids,
    TimeProvider clock,
    ILogger<RunRecovery> log) : IOutboxWork
{
    /// <summary>How many deliveries are looked at before the recovery's row says so.</summary>
    public const int BatchSize = 50;

    private const int BatchesInOneMessage = 20;
    private const int InParallel = 8;

    public string Kind => OutboxKind.Recovery;

    /// <summary>Works on an outbox row of the kind <see cref="OutboxKind.Recovery"/>. Where it is gone the work is done.</summary>
    public async Task RunAsync(OutboxRow work)
    {
        var (endpointId, recoveryId) = OutboxSubject.Parse(work.Subject);
        for (var batch = 0; batch < BatchesInOneMessage; batch++)
        {
            var row = await tables.Webhooks.FindAsync(work.OwnerId, RecoveryRows.Key(endpointId, recoveryId));
            if (row is null || RecoveryRows.Read(row) is not { Status: RecoveryStatus.Running } recovery)
                return;

            var after = await RunBatchAsync(recovery);
            var group = new EntityGroup(ids.NewWriteId()).Replace(RecoveryRows.Write(after), row.ETag);
            if (after.Status != RecoveryStatus.Running)
            {
                group.Delete(work.OwnerId, work.RowKey);
                if (after.IsAlone)
                    group.Delete(work.OwnerId, RecoveryRows.RunningKey(endpointId));
            }

            if (await tables.Webhooks.SubmitAsync(group, CancellationToken.None) is WriteResult.Conflict)
            {
                return; // Another run is at it.
            }

            if (after.Status != RecoveryStatus.Running)
            {
                Log.RecoveryEnded(log, after.Id, after.EndpointId, RecoveryJson.NameOf(after.Status), after.Sent, after.Examined);
                return;
            }
        }

        await nudge.SendAsync(work);
    }

    private async Task<Recovery> RunBatchAsync(Recovery recovery)
    {
        var stored = await endpoints.FindAsync(recovery.OwnerId, recovery.EndpointId, CancellationToken.None);
        if (stored?.Endpoint.Enabled != true)
            return recovery with { Status = RecoveryStatus.Stopped };

        var range = DeliveryRows.Range(recovery.EndpointId, recovery.LastEventId ?? DeliveryRows.LastIdUntil(recovery.Until), recovery.Since);
        var page = await tables.Deliveries.PageAsync(range, BatchSize, static row => row, matches: null, select: null, CancellationToken.None);
        var sent = 0;
        await Parallel.ForEachAsync(page.Entries, new ParallelOptions { MaxDegreeOfParallelism = InParallel }, async (row, _) =>
        {
            if (await RestartAsync(recovery, row))
                Interlocked.Increment(ref sent);
        });
        return recovery with
        {
            Examined = recovery.Examined + page.Entries.Count,
            Sent = recovery.Sent + sent,
            LastEventId = page.Entries.Count > 0 ? page.Entries[^1].GetString("event_id") : recovery.LastEventId,
            Status = page.HasNext ? RecoveryStatus.Running : RecoveryStatus.Completed,
        };
    }

    /// <summary>Whether this recovery has started the delivery again, now or in an earlier run of the batch.</summary>
    private async Task<bool> RestartAsync(Recovery recovery, TableEntity read)
    {
        var row = read;
        var outcome = await hotRow.UntilDecidedAsync<Outcome>(
            async () =>
            {
                row ??= (await tables.Deliveries.GetEntityAsync<TableEntity>(read.PartitionKey, read.RowKey)).Value;
                var delivery = DeliveryRows.Read(row);
                if (delivery.RecoveryId == recovery.Id)
                    return new Outcome(true, delivery);

                if (delivery.State == DeliveryState.Delivered)
                    return new Outcome(false, delivery);

                var restarted = delivery.Restart(recovery.Id, clock.NowInMilliseconds());
                var group = new EntityGroup(ids.NewWriteId()).MergeChange(restarted, row);
                row = null;
                return await tables.Deliveries.SubmitAsync(group, CancellationToken.None) is WriteResult.Committed ? new Outcome(true, restarted) : null;
            },
            CancellationToken.None);
        if (outcome.IsRestarted && outcome.Delivery.NextAttemptAt is { } next)
        {
            await alarm.SetAsync(
                new DeliveryMessage(recovery.OwnerId, recovery.EndpointId, outcome.Delivery.Event.Id, outcome.Delivery.AttemptCount + 1), next - clock.GetUtcNow());
        }

        return outcome.IsRestarted;
    }

    private sealed record Outcome(bool IsRestarted, WebhookDelivery Delivery);
}
