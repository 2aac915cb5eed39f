using PaySg.Functions.Access;

namespace PaySg.Functions.Dashboard.Developers;

/// <summary><c>POST /dashboard/{payment_service_id}/developers/api-keys</c>: issues an API key.</summary>
internal sealed class SubmitApiKeyFunction(IApiBoundary api, DashboardDoor door, IssueApiKey issueKey, DashboardPages pages)
{
    /// <summary>200 and the secret, this once; the form again with what was typed where it was refused; 401 where the sender is signed in no more.</summary>
    [Function("SubmitApiKey")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "dashboard/{paymentServiceId}/developers/api-keys")] HttpRequest request,
        string paymentServiceId) =>
        api.AnswerAsync(request, call => door.EnterAsync(call, paymentServiceId, Permission.Administrator, visit => issueKey.RunAsync(call, visit)), pages.Error);
}
