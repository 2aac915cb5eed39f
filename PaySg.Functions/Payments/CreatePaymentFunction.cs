using PaySg.Functions.Access;

namespace PaySg.Functions.Payments;

/// <summary><c>POST /v1/payment-services/{payment_service_id}/payments</c>: creates a payment (guide, page "Create a payment").</summary>
internal sealed class CreatePaymentFunction(IApiBoundary api, ApiKeyGate gate, CreatePayment createPayment)
{
    /// <summary>201 and the payment.</summary>
    [Function("CreatePayment")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/payment-services/{paymentServiceId}/payments")] HttpRequest request,
        string paymentServiceId) =>
        api.AnswerAsync(request, async call =>
            await createPayment.RunAsync(call, await gate.AuthorizeAsync(call, paymentServiceId, Permission.Billing)));
}
