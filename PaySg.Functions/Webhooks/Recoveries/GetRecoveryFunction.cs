using PaySg.Functions.Access;

namespace PaySg.Functions.Webhooks.Recoveries;

/// <summary><c>GET …/webhook-endpoints/{id}/recoveries/{recovery_id}</c>: how far a recovery is.</summary>
internal sealed class GetRecoveryFunction(IApiBoundary api, ApiKeyGate gate, GetRecovery getRecovery)
{
    /// <summary>200 and the recovery.</summary>
    [Function("GetRecovery")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "v1/payment-services/{paymentServiceId}/webhook-endpoints/{endpointId}/recoveries/{recoveryId}")] HttpRequest request,
        string paymentServiceId,
        string endpointId,
        string recoveryId) =>
        api.AnswerAsync(request, async call =>
            await getRecovery.RunAsync(call, (await gate.AuthorizeAsync(call, paymentServiceId, Permission.Administrator)).ToCaller(), endpointId, recoveryId));
}
