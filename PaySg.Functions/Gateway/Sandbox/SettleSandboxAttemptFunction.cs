using PaySg.Functions.Access;

namespace PaySg.Functions.Gateway.Sandbox;

/// <summary><c>POST /sandbox/attempts/{attempt_id}</c>: settles a pending attempt, as the payer's bank would. Test mode only.</summary>
internal sealed class SettleSandboxAttemptFunction(IApiBoundary api, GatewayBorder gateway, SettleSandboxAttempt settleAttempt, GuessLimits guesses)
{
    /// <summary>200 and what the attempt was to pay; 404 with a gateway that moves money.</summary>
    [Function("SettleSandboxAttempt")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "sandbox/attempts/{attemptId}")] HttpRequest request,
        string attemptId) =>
        api.AnswerAsync(request, call => gateway.IsSandbox ? guesses.WatchAsync(call, () => settleAttempt.RunAsync(call, attemptId)) : throw ApiErrors.UnknownPath());
}
