using PaySg.Functions.Access;

namespace PaySg.Functions.Webhooks.Delivery;

/// <summary><c>GET …/webhook-endpoints/{id}/deliveries</c>: deliveries, newest event first.</summary>
internal sealed class ListDeliveriesFunction(IApiBoundary api, ApiKeyGate gate, ListDeliveries listDeliveries)
{
    /// <summary>200 and a page.</summary>
    [Function("ListDeliveries")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "v1/payment-services/{paymentServiceId}/webhook-endpoints/{endpointId}/deliveries")] HttpRequest request,
        string paymentServiceId,
        string endpointId) =>
        api.AnswerAsync(request, async call =>
            await listDeliveries.RunAsync(call, (await gate.AuthorizeAsync(call, paymentServiceId, Permission.Administrator)).ToCaller(), endpointId));
}
