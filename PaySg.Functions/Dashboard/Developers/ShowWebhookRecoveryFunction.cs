using PaySg.Functions.Access;

namespace PaySg.Functions.Dashboard.Developers;

/// <summary><c>GET /dashboard/{payment_service_id}/developers/webhooks/{id}/recoveries/{recovery_id}</c>: how far a recovery is.</summary>
internal sealed class ShowWebhookRecoveryFunction(IApiBoundary api, DashboardDoor door, ShowWebhookRecovery showRecovery, DashboardPages pages)
{
    /// <summary>200 and the page; 303 to the sign-in.</summary>
    [Function("ShowWebhookRecovery")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "dashboard/{paymentServiceId}/developers/webhooks/{endpointId}/recoveries/{recoveryId}")] HttpRequest request,
        string paymentServiceId,
        string endpointId,
        string recoveryId) =>
        api.AnswerAsync(request, call => door.EnterAsync(call, paymentServiceId, Permission.Administrator, visit => showRecovery.RunAsync(call, visit, endpointId, recoveryId)), pages.Error);
}
