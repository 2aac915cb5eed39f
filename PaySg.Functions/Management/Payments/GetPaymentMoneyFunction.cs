using PaySg.Functions.Access;
using PaySg.Functions.Payments;

namespace PaySg.Functions.Management.Payments;

/// <summary><c>GET /management/payment-services/{id}/payments/{payment_id}/money</c>: where the money of a payment is, for whoever keeps the books.</summary>
internal sealed class GetPaymentMoneyFunction(IApiBoundary api, ManagementGate gate, PaymentServiceStore services, PaymentStore payments)
{
    /// <summary>200 and what the gateway has told, by one read of the payment.</summary>
    [Function("GetPaymentMoney")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "management/payment-services/{paymentServiceId}/payments/{paymentId}/money")] HttpRequest request,
        string paymentServiceId,
        string paymentId) =>
        api.AnswerAsync(request, async call =>
        {
            gate.Authorize(call.Request);
            _ = await services.FindRememberedAsync(paymentServiceId, call.ClientLeft) ?? throw ApiErrors.PaymentServiceNotFound();
            var stored = await payments.GetAsync(paymentServiceId, paymentId, call.ClientLeft);
            return new ApiAnswer(200, PaymentMoneyJson.Print(stored.Payment));
        });
}
