using PaySg.Functions.Access;

namespace PaySg.Functions.Dashboard.Developers;

/// <summary><c>GET /dashboard/{payment_service_id}/developers/events</c>: events, newest first.</summary>
internal sealed class ShowWebhookEventsFunction(IApiBoundary api, DashboardDoor door, ShowWebhookEvents showEvents, DashboardPages pages)
{
    /// <summary>200 and the page; 303 to the sign-in.</summary>
    [Function("ShowWebhookEvents")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "dashboard/{paymentServiceId}/developers/events")] HttpRequest request,
        string paymentServiceId) =>
        api.AnswerAsync(request, call => door.EnterAsync(call, paymentServiceId, Permission.Administrator, visit => showEvents.RunAsync(call, visit)), pages.Error);
}
