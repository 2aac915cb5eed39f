using PaySg.Functions.Access;

namespace PaySg.Functions.Dashboard.Developers;

/// <summary><c>POST /dashboard/{payment_service_id}/developers/webhooks/{id}</c>: changes, tests or deletes a webhook endpoint, rotates its secret, or starts a recovery.</summary>
internal sealed class ChangeWebhookFunction(IApiBoundary api, DashboardDoor door, ChangeWebhook changeWebhook, DashboardPages pages)
{
    /// <summary>303; the form again with what was typed where it was refused; 401 where the sender is signed in no more.</summary>
    [Function("ChangeWebhook")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "dashboard/{paymentServiceId}/developers/webhooks/{endpointId}")] HttpRequest request,
        string paymentServiceId,
        string endpointId) =>
        api.AnswerAsync(request, call => door.EnterAsync(call, paymentServiceId, Permission.Administrator, visit => changeWebhook.RunAsync(call, visit, endpointId)), pages.Error);
}
