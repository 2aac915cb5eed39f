using PaySg.Functions.Access;

namespace PaySg.Functions.Webhooks.Delivery;

/// <summary><c>POST …/webhook-endpoints/{id}/test</c>: sends a test event to one webhook endpoint.</summary>
internal sealed class TestWebhookEndpointFunction(IApiBoundary api, ApiKeyGate gate, TestWebhookEndpoint testWebhookEndpoint)
{
    /// <summary>200 and the delivery after its attempt.</summary>
    [Function("TestWebhookEndpoint")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/payment-services/{paymentServiceId}/webhook-endpoints/{endpointId}/test")] HttpRequest request,
        string paymentServiceId,
        string endpointId) =>
        api.AnswerAsync(request, async call =>
            await testWebhookEndpoint.RunAsync(call, await gate.AuthorizeAsync(call, paymentServiceId, Permission.Administrator), endpointId));
}
