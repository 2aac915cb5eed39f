using PaySg.Functions.Access;

namespace PaySg.Functions.Management.PaymentServices;

/// <summary><c>POST /management/payment-services</c>: creates a payment service.</summary>
internal sealed class CreatePaymentServiceFunction(IApiBoundary api, ManagementGate gate, CreatePaymentService createPaymentService)
{
    /// <summary>201 and the payment service.</summary>
    [Function("CreatePaymentService")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "management/payment-services")] HttpRequest request) =>
        api.AnswerAsync(request, async call =>
        {
            gate.Authorize(call.Request);
            return await createPaymentService.RunAsync(call, Actor.Management);
        });
}
