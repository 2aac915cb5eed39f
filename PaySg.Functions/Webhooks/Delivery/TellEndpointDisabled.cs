using Azure;
using PaySg.Functions.Events;
using PaySg.Functions.Platform.Outbox;

namespace PaySg.Functions.Webhooks.Delivery;

/// <summary>Makes the event of a disabled endpoint an event like any other. Each step may be done twice.</summary>
internal sealed class TellEndpointDisabled(PaySgTables tables, OutboxNudge nudge, IdGenerator ids) : IOutboxWork
{
    public string Kind => OutboxKind.EndpointDisabled;

    /// <summary>Works on an outbox row of the kind <see cref="OutboxKind.EndpointDisabled"/>. Where it is gone the work is done.</summary>
    public async Task RunAsync(OutboxRow work)
    {
        var row = await tables.Webhooks.GetEntityIfExistsAsync<TableEntity>(work.OwnerId, work.RowKey);
        if (!row.HasValue)
            return;

        var disabled = DisabledEndpointRows.Read(work, row.Value!);
        // A conflict: an earlier run got this far, and the outbox row that it wrote is seen to.
        var group = new EntityGroup(ids.NewWriteId()).Publish(disabled);
        await tables.Payments.SubmitAsync(group, CancellationToken.None);
        await tables.Webhooks.DeleteEntityAsync(work.OwnerId, work.RowKey, ETag.All);
        await nudge.RunAsync(group, disabled.CreatedAt);
    }
}
