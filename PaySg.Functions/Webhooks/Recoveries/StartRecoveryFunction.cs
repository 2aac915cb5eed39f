using PaySg.Functions.Access;

namespace PaySg.Functions.Webhooks.Recoveries;

/// <summary><c>POST …/webhook-endpoints/{id}/recover</c>: sends again what was not delivered in a window of time.</summary>
internal sealed class StartRecoveryFunction(IApiBoundary api, ApiKeyGate gate, StartRecovery startRecovery)
{
    /// <summary>202 and the recovery.</summary>
    [Function("StartRecovery")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/payment-services/{paymentServiceId}/webhook-endpoints/{endpointId}/recover")] HttpRequest request,
        string paymentServiceId,
        string endpointId) =>
        api.AnswerAsync(request, async call =>
            await startRecovery.RunAsync(call, (await gate.AuthorizeAsync(call, paymentServiceId, Permission.Administrator)).ToCaller(), endpointId));
}
