using PaySg.Functions.Access;

namespace PaySg.Functions.Dashboard.Developers;

/// <summary><c>POST /dashboard/{payment_service_id}/developers/webhooks</c>: registers a webhook endpoint.</summary>
internal sealed class SubmitWebhookFunction(IApiBoundary api, DashboardDoor door, RegisterWebhook registerWebhook, DashboardPages pages)
{
    /// <summary>200 and the secret, this once; the form again with what was typed where it was refused; 401 where the sender is signed in no more.</summary>
    [Function("SubmitWebhook")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "dashboard/{paymentServiceId}/developers/webhooks")] HttpRequest request,
        string paymentServiceId) =>
        api.AnswerAsync(request, call => door.EnterAsync(call, paymentServiceId, Permission.Administrator, visit => registerWebhook.RunAsync(call, visit)), pages.Error);
}
