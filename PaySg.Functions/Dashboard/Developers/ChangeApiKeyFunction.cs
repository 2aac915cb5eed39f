using PaySg.Functions.Access;

namespace PaySg.Functions.Dashboard.Developers;

/// <summary><c>POST /dashboard/{payment_service_id}/developers/api-keys/{key_id}</c>: revokes an API key.</summary>
internal sealed class ChangeApiKeyFunction(IApiBoundary api, DashboardDoor door, ChangeApiKey changeKey, DashboardPages pages)
{
    /// <summary>303 to the key; 401 where the sender is signed in no more.</summary>
    [Function("ChangeApiKey")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "dashboard/{paymentServiceId}/developers/api-keys/{keyId}")] HttpRequest request,
        string paymentServiceId,
        string keyId) =>
        api.AnswerAsync(request, call => door.EnterAsync(call, paymentServiceId, Permission.Administrator, visit => changeKey.RunAsync(call, visit, keyId)), pages.Error);
}
