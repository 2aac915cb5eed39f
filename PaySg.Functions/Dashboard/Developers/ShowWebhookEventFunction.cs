using PaySg.Functions.Access;

namespace PaySg.Functions.Dashboard.Developers;

/// <summary><c>GET /dashboard/{payment_service_id}/developers/events/{event_id}</c>: an event and its deliveries.</summary>
internal sealed class ShowWebhookEventFunction(IApiBoundary api, DashboardDoor door, ShowWebhookEvent showEvent, DashboardPages pages)
{
    /// <summary>200 and the page; 303 to the sign-in.</summary>
    [Function("ShowWebhookEvent")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "dashboard/{paymentServiceId}/developers/events/{eventId}")] HttpRequest request,
        string paymentServiceId,
        string eventId) =>
        api.AnswerAsync(request, call => door.EnterAsync(call, paymentServiceId, Permission.Administrator, visit => showEvent.RunAsync(call, visit, eventId)), pages.Error);
}
