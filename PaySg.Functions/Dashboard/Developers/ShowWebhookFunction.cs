using PaySg.Functions.Access;

namespace PaySg.Functions.Dashboard.Developers;

/// <summary><c>GET /dashboard/{payment_service_id}/developers/webhooks/{id}</c>: a webhook endpoint with its deliveries, or a form.</summary>
internal sealed class ShowWebhookFunction(IApiBoundary api, DashboardDoor door, ShowWebhook showWebhook, DashboardPages pages)
{
    /// <summary>200 and the page; 303 to the sign-in.</summary>
    [Function("ShowWebhook")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "dashboard/{paymentServiceId}/developers/webhooks/{endpointId}")] HttpRequest request,
        string paymentServiceId,
        string endpointId) =>
        api.AnswerAsync(request, call => door.EnterAsync(call, paymentServiceId, Permission.Administrator, visit => showWebhook.RunAsync(call, visit, endpointId)), pages.Error);
}
