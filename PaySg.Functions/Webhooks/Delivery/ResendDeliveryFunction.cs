using PaySg.Functions.Access;

namespace PaySg.Functions.Webhooks.Delivery;

/// <summary><c>POST …/webhook-endpoints/{id}/deliveries/{event_id}/resend</c>: one more attempt now.</summary>
internal sealed class ResendDeliveryFunction(IApiBoundary api, ApiKeyGate gate, ResendDelivery resendDelivery)
{
    /// <summary>202 and the delivery.</summary>
    [Function("ResendDelivery")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/payment-services/{paymentServiceId}/webhook-endpoints/{endpointId}/deliveries/{eventId}/resend")] HttpRequest request,
        string paymentServiceId,
        string endpointId,
        string eventId) =>
        api.AnswerAsync(request, async call =>
            await resendDelivery.RunAsync(call, (await gate.AuthorizeAsync(call, paymentServiceId, Permission.Administrator)).ToCaller(), endpointId, eventId));
}
