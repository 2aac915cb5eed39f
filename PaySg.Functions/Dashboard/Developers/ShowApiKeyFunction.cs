using PaySg.Functions.Access;

namespace PaySg.Functions.Dashboard.Developers;

/// <summary><c>GET /dashboard/{payment_service_id}/developers/api-keys/{key_id}</c>: an API key and its refused calls.</summary>
internal sealed class ShowApiKeyFunction(IApiBoundary api, DashboardDoor door, ShowApiKey showKey, DashboardPages pages)
{
    /// <summary>200 and the page; 303 to the sign-in.</summary>
    [Function("ShowApiKey")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "dashboard/{paymentServiceId}/developers/api-keys/{keyId}")] HttpRequest request,
        string paymentServiceId,
        string keyId) =>
        api.AnswerAsync(request, call => door.EnterAsync(call, paymentServiceId, Permission.Administrator, visit => showKey.RunAsync(call, visit, keyId)), pages.Error);
}
