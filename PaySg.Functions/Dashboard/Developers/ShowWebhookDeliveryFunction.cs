using PaySg.Functions.Access;

namespace PaySg.Functions.Dashboard.Developers;

/// <summary><c>GET /dashboard/{payment_service_id}/developers/webhooks/{id}/deliveries/{event_id}</c>: what was sent to an endpoint, and what it answered.</summary>
internal sealed class ShowWebhookDeliveryFunction(IApiBoundary api, DashboardDoor door, ShowWebhookDelivery showDelivery, DashboardPages pages)
{
    /// <summary>200 and the page; 303 to the sign-in.</summary>
    [Function("ShowWebhookDelivery")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "dashboard/{paymentServiceId}/developers/webhooks/{endpointId}/deliveries/{eventId}")] HttpRequest request,
        string paymentServiceId,
        string endpointId,
        string eventId) =>
        api.AnswerAsync(request, call => door.EnterAsync(call, paymentServiceId, Permission.Administrator, visit => showDelivery.RunAsync(call, visit, endpointId, eventId)), pages.Error);
}
