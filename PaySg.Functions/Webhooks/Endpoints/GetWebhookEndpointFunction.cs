using PaySg.Functions.Access;

namespace PaySg.Functions.Webhooks.Endpoints;

/// <summary><c>GET /v1/payment-services/{payment_service_id}/webhook-endpoints/{id}</c>: one webhook endpoint.</summary>
internal sealed class GetWebhookEndpointFunction(IApiBoundary api, ApiKeyGate gate, WebhookEndpointStore endpoints)
{
    /// <summary>200 and the endpoint.</summary>
    [Function("GetWebhookEndpoint")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "v1/payment-services/{paymentServiceId}/webhook-endpoints/{endpointId}")] HttpRequest request,
        string paymentServiceId,
        string endpointId) =>
        api.AnswerAsync(request, async call =>
        {
            await gate.AuthorizeAsync(call, paymentServiceId, Permission.Administrator);
            var stored = await endpoints.GetAsync(paymentServiceId, endpointId, call.ClientLeft);
            return new ApiAnswer(200, WebhookEndpointJson.Print(stored.Endpoint));
        });
}
