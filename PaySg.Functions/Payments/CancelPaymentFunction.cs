using PaySg.Functions.Access;

namespace PaySg.Functions.Payments;

/// <summary><c>POST …/payments/{payment_id}/cancel</c>: cancels an unpaid payment (guide, page "Cancel a payment").</summary>
internal sealed class CancelPaymentFunction(IApiBoundary api, ApiKeyGate gate, CancelPayment cancelPayment)
{
    /// <summary>200 and the payment.</summary>
    [Function("CancelPayment")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/payment-services/{paymentServiceId}/payments/{paymentId}/cancel")] HttpRequest request,
        string paymentServiceId,
        string paymentId) =>
        api.AnswerAsync(request, async call =>
            await cancelPayment.RunAsync(call, await gate.AuthorizeAsync(call, paymentServiceId, Permission.Billing), paymentId));
}
