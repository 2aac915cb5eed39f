using PaySg.Functions.Access;

namespace PaySg.Functions.Events;

/// <summary>Reads one event, byte for byte as it is delivered.</summary>
internal sealed class GetEvent(PaySgTables tables)
{
    /// <summary>200 and the event.</summary>
    /// <exception cref="ApiException">404.</exception>
    public async Task<ApiAnswer> RunAsync(ApiCall call, ApiKey key, string eventId)
    {
        if (!SortableUuid.IsPrefixed(eventId, EventRows.IdPrefix))
            throw ApiErrors.EventNotFound();

        var row = await tables.Payments.FindAsync(key.PaymentServiceId, EventRows.Key(eventId), call.ClientLeft);
        return row is not null ? new ApiAnswer(200, EventRows.Read(row).Body) : throw ApiErrors.EventNotFound();
    }
}
