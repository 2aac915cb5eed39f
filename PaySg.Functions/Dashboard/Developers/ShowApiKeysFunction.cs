using PaySg.Functions.Access;

namespace PaySg.Functions.Dashboard.Developers;

/// <summary><c>GET /dashboard/{payment_service_id}/developers/api-keys</c>: the API keys, or the form that issues one.</summary>
internal sealed class ShowApiKeysFunction(IApiBoundary api, DashboardDoor door, ShowApiKeys showKeys, DashboardPages pages)
{
    /// <summary>200 and the page; 303 to the sign-in.</summary>
    [Function("ShowApiKeys")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "dashboard/{paymentServiceId}/developers/api-keys")] HttpRequest request,
        string paymentServiceId) =>
        api.AnswerAsync(request, call => door.EnterAsync(call, paymentServiceId, Permission.Administrator, visit => showKeys.RunAsync(call, visit)), pages.Error);
}
