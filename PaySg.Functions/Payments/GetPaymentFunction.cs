using PaySg.Functions.Access;

namespace PaySg.Functions.Payments;

/// <summary><c>GET /v1/payment-services/{payment_service_id}/payments/{payment_id}</c>: one payment (guide, page "Retrieve payments").</summary>
internal sealed class GetPaymentFunction(IApiBoundary api, ApiKeyGate gate, PaymentStore payments, PaymentJson paymentJson)
{
    /// <summary>200 and the payment.</summary>
    [Function("GetPayment")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "v1/payment-services/{paymentServiceId}/payments/{paymentId}")] HttpRequest request,
        string paymentServiceId,
        string paymentId) =>
        api.AnswerAsync(request, async call =>
        {
            await gate.AuthorizeAsync(call, paymentServiceId, Permission.View);
            var stored = await payments.GetAsync(paymentServiceId, paymentId, call.ClientLeft);
            return new ApiAnswer(200, paymentJson.Print(stored.Payment));
        });
}
