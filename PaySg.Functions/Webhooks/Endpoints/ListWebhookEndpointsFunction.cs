using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using PaySg.Functions.Access;
using PaySg.Functions.Http;

namespace PaySg.Functions.Webhooks.Endpoints;

/// <summary><c>GET /v1/payment-services/{payment_service_id}/webhook-endpoints</c>: all webhook endpoints, newest first.</summary>
public sealed class ListWebhookEndpointsFunction(IApiBoundary api, WebhookEndpointStore endpoints)
{
    /// <summary>200 and the list.</summary>
    [Function("ListWebhookEndpoints")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/payment-services/{paymentServiceId}/webhook-endpoints")] HttpRequest request,
        string paymentServiceId) =>
        api.AnswerAsync(request, async call =>
        {
            await call.AuthorizeAsync(paymentServiceId, Permission.Administrator);
            return new ApiAnswer(200, WebhookEndpointJson.PrintList(await endpoints.ListAllAsync(paymentServiceId, call.ClientLeft)));
        });
}
