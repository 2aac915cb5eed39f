using PaySg.Functions.Events;

namespace PaySg.Functions.Webhooks.Delivery;

/// <summary>Reads deliveries: always from storage, never from a cache.</summary>
internal sealed class DeliveryStore(PaySgTables tables)
{
    /// <summary>The row of a delivery, with all its columns.</summary>
    /// <exception cref="ApiException">404 where there is none.</exception>
    public async Task<TableEntity> GetRowAsync(string endpointId, string eventId, CancellationToken cancellationToken)
    {
        // Both come from the path, where anything may stand.
        if (!SortableUuid.IsPrefixed(eventId, EventRows.IdPrefix))
            throw ApiErrors.WebhookDeliveryNotFound();

        var row = await tables.Deliveries.GetEntityIfExistsAsync<TableEntity>(endpointId, DeliveryRows.Key(eventId), cancellationToken: cancellationToken);
        return row.HasValue ? row.Value! : throw ApiErrors.WebhookDeliveryNotFound();
    }

    /// <summary>The delivery whose next attempt the message names; null: there is none, or its next attempt is another.</summary>
    public async Task<DeliveryInPlay?> FindNextAsync(DeliveryMessage message)
    {
        var row = await tables.Deliveries.GetEntityIfExistsAsync<TableEntity>(message.EndpointId, DeliveryRows.Key(message.EventId));
        return row.HasValue && DeliveryRows.Read(row.Value!) is var delivery && delivery.IsNext(message.Attempt) ? new DeliveryInPlay(delivery, row.Value) : null;
    }
}
