using PaySg.Functions.Access;

namespace PaySg.Functions.Webhooks.Delivery;

/// <summary><c>GET …/webhook-endpoints/{id}/deliveries/{event_id}</c>: one delivery.</summary>
internal sealed class GetDeliveryFunction(IApiBoundary api, ApiKeyGate gate, GetDelivery getDelivery)
{
    /// <summary>200 and the delivery.</summary>
    [Function("GetDelivery")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "v1/payment-services/{paymentServiceId}/webhook-endpoints/{endpointId}/deliveries/{eventId}")] HttpRequest request,
        string paymentServiceId,
        string endpointId,
        string eventId) =>
        api.AnswerAsync(request, async call =>
            await getDelivery.RunAsync(call, (await gate.AuthorizeAsync(call, paymentServiceId, Permission.Administrator)).ToCaller(), endpointId, eventId));
}
