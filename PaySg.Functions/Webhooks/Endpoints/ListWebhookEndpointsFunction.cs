using PaySg.Functions.Access;

namespace PaySg.Functions.Webhooks.Endpoints;

/// <summary><c>GET …/webhook-endpoints</c>: webhook endpoints, newest first.</summary>
internal sealed class ListWebhookEndpointsFunction(IApiBoundary api, ApiKeyGate gate, ListWebhookEndpoints listWebhookEndpoints)
{
    /// <summary>200 and a page.</summary>
    [Function("ListWebhookEndpoints")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "v1/payment-services/{paymentServiceId}/webhook-endpoints")] HttpRequest request,
        string paymentServiceId) =>
        api.AnswerAsync(request, async call =>
            await listWebhookEndpoints.RunAsync(call, await gate.AuthorizeAsync(call, paymentServiceId, Permission.Administrator)));
}
