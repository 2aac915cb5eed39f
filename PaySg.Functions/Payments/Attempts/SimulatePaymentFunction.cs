using PaySg.Functions.Access;
using PaySg.Functions.Gateway;

namespace PaySg.Functions.Payments.Attempts;

/// <summary><c>POST /sandbox/payments/{payment_id}</c>: what the payer's page would do, without a browser. Test mode only.</summary>
internal sealed class SimulatePaymentFunction(IApiBoundary api, GatewayBorder gateway, SimulatePayment simulatePayment, GuessLimits guesses)
{
    /// <summary>200 and the payment; 404 with a gateway that moves money.</summary>
    [Function("SimulatePayment")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "sandbox/payments/{paymentId}")] HttpRequest request,
        string paymentId) =>
        api.AnswerAsync(request, call => gateway.IsSandbox ? guesses.WatchAsync(call, () => simulatePayment.RunAsync(call, paymentId)) : throw ApiErrors.UnknownPath());
}
