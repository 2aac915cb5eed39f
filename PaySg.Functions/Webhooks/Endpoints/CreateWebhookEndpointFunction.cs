using PaySg.Functions.Access;

namespace PaySg.Functions.Webhooks.Endpoints;

/// <summary><c>POST /v1/payment-services/{payment_service_id}/webhook-endpoints</c>: registers a webhook endpoint.</summary>
internal sealed class CreateWebhookEndpointFunction(IApiBoundary api, ApiKeyGate gate, CreateWebhookEndpoint createWebhookEndpoint)
{
    /// <summary>201 and the endpoint with its secret, shown this once.</summary>
    [Function("CreateWebhookEndpoint")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/payment-services/{paymentServiceId}/webhook-endpoints")] HttpRequest request,
        string paymentServiceId) =>
        api.AnswerAsync(request, async call =>
            await createWebhookEndpoint.RunAsync(call, await gate.AuthorizeAsync(call, paymentServiceId, Permission.Administrator)));
}
