using PaySg.Functions.Access;

namespace PaySg.Functions.Management.PaymentServices;

/// <summary><c>PATCH /management/payment-services/{id}</c>: changes a payment service. An absent field stays, null clears it.</summary>
internal sealed class UpdatePaymentServiceFunction(IApiBoundary api, ManagementGate gate, UpdatePaymentService updatePaymentService)
{
    /// <summary>200 and the payment service.</summary>
    [Function("UpdatePaymentService")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "patch", Route = "management/payment-services/{paymentServiceId}")] HttpRequest request,
        string paymentServiceId) =>
        api.AnswerAsync(request, async call =>
        {
            gate.Authorize(call.Request);
            return await updatePaymentService.RunAsync(call, paymentServiceId, Actor.Management);
        });
}
