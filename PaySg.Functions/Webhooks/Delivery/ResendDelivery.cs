using PaySg.Functions.Access;
using PaySg.Functions.Access.Audit;
using PaySg.Functions.Platform.Idempotency;
using PaySg.Functions.Webhooks.Endpoints;

namespace PaySg.Functions.Webhooks.Delivery;

/// <summary>Asks for one more attempt now, with the same id and body, whatever the delivery's state. A schedule that is under way goes on after it.</summary>
internal sealed class ResendDelivery(
    PaySgTables tables, WebhookEndpointStore endpoints, DeliveryStore deliveries, AuditedEndpoints audited, DeliveryAlarm alarm, KeyedChange change)
{
    /// <summary>202 and the delivery with its next attempt due now.</summary>
    /// <exception cref="ApiException">402 where the endpoint is disabled, 404, 409.</exception>
    public async Task<ApiAnswer> RunAsync(ApiCall call, Caller caller, string endpointId, string eventId)
    {
        var stored = await endpoints.GetAsync(caller.OwnerId, endpointId, call.ClientLeft);
        return await change.RunAsync(
            call,
            new KeySpace(caller.Id, tables.Deliveries, endpointId),
            RequestParameters.None,
            read: token => ReadAsync(caller.By, stored.Endpoint, eventId, token),
            decide: (row, group, now) => Decide(stored.Endpoint, eventId, row, caller.By, group, now));
    }

    private async Task<TableEntity> ReadAsync(Actor by, WebhookEndpoint endpoint, string eventId, CancellationToken cancellationToken)
    {
        var row = deliveries.GetRowAsync(endpoint.Id, eventId, cancellationToken);
        await Task.WhenAll(row, audited.MarkAsync(by, endpoint));
        return await row;
    }

    private Decision Decide(WebhookEndpoint endpoint, string eventId, TableEntity row, Actor by, EntityGroup group, DateTimeOffset now)
    {
        if (!endpoint.Enabled)
            throw ApiErrors.WebhookEndpointDisabled();

        var delivery = DeliveryRows.Read(row).Resend(now);
        group.MergeChange(delivery, row).Audit(by, endpoint.OwnerId, now, AuditAction.DeliveryResent, eventId, AuditChange.Set("endpoint_id", endpoint.Id));
        var message = new DeliveryMessage(endpoint.OwnerId, endpoint.Id, eventId, delivery.AttemptCount + 1);
        return new Decision(DeliveryJson.Answer(202, delivery)) { Afterwards = () => alarm.SetAsync(message, TimeSpan.Zero) };
    }
}
