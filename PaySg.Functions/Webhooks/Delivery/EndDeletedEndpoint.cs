using PaySg.Functions.Platform.Outbox;

namespace PaySg.Functions.Webhooks.Delivery;

/// <summary>
/// Ends the deliveries that an endpoint had when it was deleted. The sweeper does not see their due rows any more, so this work sees to them;
/// and once more later, because a fan-out or an attempt that was under way may have left another.
/// </summary>
internal sealed class EndDeletedEndpoint(PaySgTables tables, HotRowRetry hotRow, IdGenerator ids, TimeProvider clock, WebhookMetrics metrics, ILogger<EndDeletedEndpoint> log) : IOutboxWork
{
    /// <summary>How long after the deletion to look again: no function runs longer than five minutes.</summary>
    public static readonly TimeSpan SecondLook = TimeSpan.FromMinutes(15);

    public string Kind => OutboxKind.EndpointDeleted;

    /// <summary>Works on an outbox row of the kind <see cref="OutboxKind.EndpointDeleted"/>. Where it is gone the work is done.</summary>
    public async Task RunAsync(OutboxRow work)
    {
        var row = await tables.Webhooks.GetEntityIfExistsAsync<TableEntity>(work.OwnerId, work.RowKey);
        if (!row.HasValue)
            return;

        var (endpointId, deleted) = OutboxSubject.Parse(work.Subject);
        var count = 0;
        await foreach (var due in tables.Deliveries.QueryAsync<TableEntity>(
            RowKeys.Prefix(endpointId, DeliveryRows.DuePrefix), select: ["PartitionKey", "RowKey"]))
        {
            await EndAsync(endpointId, DeliveryRows.EventIdOf(due.RowKey));
            count++;
        }

        if (count > 0)
            Log.DeletedEndpointEnded(log, endpointId, count);

        await LookAgainAsync(work, endpointId, DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(deleted, System.Globalization.CultureInfo.InvariantCulture)));
    }

    private Task<object> EndAsync(string endpointId, string eventId) => hotRow.UntilDecidedAsync<object>(
        async () =>
        {
            var read = await tables.Deliveries.GetEntityIfExistsAsync<TableEntity>(endpointId, DeliveryRows.Key(eventId));
            if (!read.HasValue || DeliveryRows.DueKeyOf(read.Value!) is null)
                return this;

            var ended = DeliveryRows.Read(read.Value!).GiveUp();
            var group = new EntityGroup(ids.NewWriteId()).MergeChange(ended, read.Value!);
            if (await tables.Deliveries.SubmitAsync(group, CancellationToken.None) is WriteResult.Conflict)
                return null;

            metrics.Ended(DeliveryJson.NameOf(ended.State));
            return this;
        },
        CancellationToken.None);

    private async Task LookAgainAsync(OutboxRow work, string endpointId, DateTimeOffset deletedAt)
    {
        var again = OutboxRow.OfDeletedEndpoint(work.OwnerId, deletedAt + SecondLook, endpointId, deletedAt);
        var isEarly = clock.NowInMilliseconds() < again.DueAt;
        if (isEarly && again.RowKey == work.RowKey)
        {
            // The second look came before its time: its row stands.
            return;
        }

        var group = new EntityGroup(ids.NewWriteId()).Delete(work.OwnerId, work.RowKey);
        if (isEarly)
            group.Insert(again.ToEntity());

        // A conflict: the same work was done twice at once.
        await tables.Webhooks.SubmitAsync(group, CancellationToken.None);
    }
}
