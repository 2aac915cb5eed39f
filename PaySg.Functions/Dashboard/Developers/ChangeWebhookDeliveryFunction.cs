using PaySg.Functions.Access;

namespace PaySg.Functions.Dashboard.Developers;

/// <summary><c>POST /dashboard/{payment_service_id}/developers/webhooks/{id}/deliveries/{event_id}</c>: sends a delivery again.</summary>
internal sealed class ChangeWebhookDeliveryFunction(IApiBoundary api, DashboardDoor door, ChangeWebhookDelivery changeDelivery, DashboardPages pages)
{
    /// <summary>303; the form again with what was typed where it was refused; 401 where the sender is signed in no more.</summary>
    [Function("ChangeWebhookDelivery")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "dashboard/{paymentServiceId}/developers/webhooks/{endpointId}/deliveries/{eventId}")] HttpRequest request,
        string paymentServiceId,
        string endpointId,
        string eventId) =>
        api.AnswerAsync(request, call => door.EnterAsync(call, paymentServiceId, Permission.Administrator, visit => changeDelivery.RunAsync(call, visit, endpointId, eventId)), pages.Error);
}
