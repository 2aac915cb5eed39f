using PaySg.Functions.Access;
using PaySg.Functions.Gateway;

namespace PaySg.Functions.PaymentLinks.Attempts;

/// <summary><c>POST /sandbox/payment-links/{reff_no}/attempts</c>: what the payer's page would do, without a browser. Test mode only.</summary>
internal sealed class SimulateLinkAttemptFunction(IApiBoundary api, GatewayBorder gateway, SimulateLinkAttempt simulateLinkAttempt, GuessLimits guesses)
{
    /// <summary>200 and the history; 404 with a gateway that moves money.</summary>
    [Function("SimulateLinkAttempt")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "sandbox/payment-links/{reffNo}/attempts")] HttpRequest request,
        string reffNo) =>
        api.AnswerAsync(request, call => gateway.IsSandbox ? guesses.WatchAsync(call, () => simulateLinkAttempt.RunAsync(call, reffNo)) : throw ApiErrors.UnknownPath());
}
