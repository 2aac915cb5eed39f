using PaySg.Functions.Access;

namespace PaySg.Functions.Webhooks.Endpoints;

/// <summary><c>POST …/webhook-endpoints/{id}/rotate-secret</c>: gives a webhook endpoint a new secret.</summary>
internal sealed class RotateWebhookSecretFunction(IApiBoundary api, ApiKeyGate gate, RotateWebhookSecret rotateWebhookSecret)
{
    /// <summary>200 and the endpoint with its new secret, shown this once.</summary>
    [Function("RotateWebhookSecret")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/payment-services/{paymentServiceId}/webhook-endpoints/{endpointId}/rotate-secret")] HttpRequest request,
        string paymentServiceId,
        string endpointId) =>
        api.AnswerAsync(request, async call =>
            await rotateWebhookSecret.RunAsync(call, await gate.AuthorizeAsync(call, paymentServiceId, Permission.Administrator), endpointId));
}
