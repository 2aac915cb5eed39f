using PaySg.Functions.Access;

namespace PaySg.Functions.Webhooks.Endpoints;

/// <summary><c>PATCH …/webhook-endpoints/{id}</c>: changes a webhook endpoint.</summary>
internal sealed class UpdateWebhookEndpointFunction(IApiBoundary api, ApiKeyGate gate, UpdateWebhookEndpoint updateWebhookEndpoint)
{
    /// <summary>200 and the endpoint.</summary>
    [Function("UpdateWebhookEndpoint")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "patch", Route = "v1/payment-services/{paymentServiceId}/webhook-endpoints/{endpointId}")] HttpRequest request,
        string paymentServiceId,
        string endpointId) =>
        api.AnswerAsync(request, async call =>
            await updateWebhookEndpoint.RunAsync(call, await gate.AuthorizeAsync(call, paymentServiceId, Permission.Administrator), endpointId));
}
