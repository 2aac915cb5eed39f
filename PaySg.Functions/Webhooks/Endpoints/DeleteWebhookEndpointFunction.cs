using PaySg.Functions.Access;

namespace PaySg.Functions.Webhooks.Endpoints;

/// <summary><c>DELETE …/webhook-endpoints/{id}</c>: deletes a webhook endpoint.</summary>
internal sealed class DeleteWebhookEndpointFunction(IApiBoundary api, ApiKeyGate gate, DeleteWebhookEndpoint deleteWebhookEndpoint)
{
    /// <summary>204.</summary>
    [Function("DeleteWebhookEndpoint")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "v1/payment-services/{paymentServiceId}/webhook-endpoints/{endpointId}")] HttpRequest request,
        string paymentServiceId,
        string endpointId) =>
        api.AnswerAsync(request, async call =>
            await deleteWebhookEndpoint.RunAsync(call, await gate.AuthorizeAsync(call, paymentServiceId, Permission.Administrator), endpointId));
}
