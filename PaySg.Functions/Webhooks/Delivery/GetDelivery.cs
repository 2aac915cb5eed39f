using PaySg.Functions.Access;
using PaySg.Functions.Platform.Idempotency;
using PaySg.Functions.Webhooks.Endpoints;

namespace PaySg.Functions.Webhooks.Delivery;

/// <summary>Reads one delivery; the endpoint is read beside it, because it says whose the delivery is.</summary>
internal sealed class GetDelivery(WebhookEndpointStore endpoints, DeliveryStore deliveries)
{
    /// <summary>200 and the delivery.</summary>
    /// <exception cref="ApiException">404.</exception>
    public async Task<ApiAnswer> RunAsync(ApiCall call, Caller caller, string endpointId, string eventId)
    {
        var deliveryRead = deliveries.GetRowAsync(endpointId, eventId, call.ClientLeft);
        await endpoints.GetAsync(caller.OwnerId, endpointId, call.ClientLeft).BesideAsync(deliveryRead);
        return DeliveryJson.Answer(200, DeliveryRows.Read(await deliveryRead));
    }
}
