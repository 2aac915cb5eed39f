using PaySg.Functions.Access;

namespace PaySg.Functions.Payments.Refunds;

/// <summary><c>POST …/payments/{payment_id}/refund</c>: refunds a paid payment, wholly or in part (guide, page "Refund a payment").</summary>
internal sealed class RefundPaymentFunction(IApiBoundary api, ApiKeyGate gate, RefundPayment refundPayment)
{
    /// <summary>200 and the payment.</summary>
    [Function("RefundPayment")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/payment-services/{paymentServiceId}/payments/{paymentId}/refund")] HttpRequest request,
        string paymentServiceId,
        string paymentId) =>
        api.AnswerAsync(request, async call =>
            await refundPayment.RunAsync(call, await gate.AuthorizeAsync(call, paymentServiceId, Permission.Refund), paymentId));
}
