using PaySg.Functions.Access;

namespace PaySg.Functions.Dashboard.Developers;

/// <summary><c>GET /dashboard/{payment_service_id}/developers/webhooks</c>: the webhook endpoints, or the form that registers one.</summary>
internal sealed class ShowWebhooksFunction(IApiBoundary api, DashboardDoor door, ShowWebhooks showWebhooks, DashboardPages pages)
{
    /// <summary>200 and the page; 303 to the sign-in.</summary>
    [Function("ShowWebhooks")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "dashboard/{paymentServiceId}/developers/webhooks")] HttpRequest request,
        string paymentServiceId) =>
        api.AnswerAsync(request, call => door.EnterAsync(call, paymentServiceId, Permission.Administrator, visit => showWebhooks.RunAsync(call, visit)), pages.Error);
}
