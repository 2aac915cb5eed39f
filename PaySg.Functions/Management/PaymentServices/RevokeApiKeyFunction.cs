using PaySg.Functions.Access;

namespace PaySg.Functions.Management.PaymentServices;

/// <summary><c>DELETE /management/payment-services/{id}/api-keys/{key_id}</c>: revokes an API key, everywhere within 10 s.</summary>
internal sealed class RevokeApiKeyFunction(IApiBoundary api, ManagementGate gate, RevokeApiKey revokeApiKey)
{
    /// <summary>204; the key is no longer listed.</summary>
    [Function("RevokeApiKey")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "management/payment-services/{paymentServiceId}/api-keys/{keyId}")] HttpRequest request,
        string paymentServiceId,
        string keyId) =>
        api.AnswerAsync(request, async call =>
        {
            gate.Authorize(call.Request);
            return await revokeApiKey.RunAsync(call, paymentServiceId, keyId, Actor.Management);
        });
}
