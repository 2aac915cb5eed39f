using PaySg.Functions.Access;

namespace PaySg.Functions.Management.PaymentServices;

/// <summary><c>GET /management/payment-services/{id}</c>: one payment service.</summary>
internal sealed class GetPaymentServiceFunction(IApiBoundary api, ManagementGate gate, PaymentServiceStore services)
{
    /// <summary>200 and the payment service.</summary>
    [Function("GetPaymentService")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "management/payment-services/{paymentServiceId}")] HttpRequest request,
        string paymentServiceId) =>
        api.AnswerAsync(request, async call =>
        {
            gate.Authorize(call.Request);
            var service = await services.FindAsync(paymentServiceId, call.ClientLeft) ?? throw ApiErrors.PaymentServiceNotFound();
            return new ApiAnswer(200, PaymentServiceJson.Print(service));
        });
}
