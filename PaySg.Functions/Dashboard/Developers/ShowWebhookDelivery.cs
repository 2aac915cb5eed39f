using PaySg.Functions.Platform.Idempotency;
using PaySg.Functions.Webhooks.Delivery;
using PaySg.Functions.Webhooks.Endpoints;

namespace PaySg.Functions.Dashboard.Developers;

/// <summary>Shows a delivery by two requests at once: the delivery, and the endpoint, which says whose it is.</summary>
internal sealed class ShowWebhookDelivery(WebhookEndpointStore endpoints, DeliveryStore deliveries, SignEvent signEvent, DeliveryView view)
{
    /// <summary>200 and the page.</summary>
    /// <exception cref="ApiException">404.</exception>
    public async Task<ApiAnswer> RunAsync(ApiCall call, Visit visit, string endpointId, string eventId) =>
        await RunAsync(call, visit, endpointId, eventId, refusal: null);

    /// <summary>The same, with why what was asked for was not done; null: nothing was refused.</summary>
    /// <exception cref="ApiException">404.</exception>
    public async Task<ApiAnswer> RunAsync(ApiCall call, Visit visit, string endpointId, string eventId, FormRefusal? refusal)
    {
        if (!SortableUuid.IsPrefixed(endpointId, WebhookEndpointRows.IdPrefix))
            throw ApiErrors.WebhookDeliveryNotFound();

        var deliveryRead = deliveries.GetRowAsync(endpointId, eventId, call.ClientLeft);
        var endpoint = (await endpoints.GetAsync(visit.Service.Id, endpointId, call.ClientLeft).BesideAsync(deliveryRead)).Endpoint;
        var delivery = DeliveryRows.Read(await deliveryRead);

        // What was sent is not stored twice: the same engine makes the headers again, for the moment of the attempt.
        var headers = delivery.Attempts is [.., var last] ? await signEvent.RunAsync(delivery.Event, endpoint, last.AttemptedAt) : null;
        return view.Print(visit, endpoint, delivery, headers, call.Request.Query[DeveloperSteps.Done], refusal);
    }
}
