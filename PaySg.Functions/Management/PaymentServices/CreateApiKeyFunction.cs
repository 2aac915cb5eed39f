using PaySg.Functions.Access;

namespace PaySg.Functions.Management.PaymentServices;

/// <summary><c>POST /management/payment-services/{id}/api-keys</c>: issues an API key.</summary>
internal sealed class CreateApiKeyFunction(IApiBoundary api, ManagementGate gate, CreateApiKey createApiKey)
{
    /// <summary>201 and the key with its secret, shown this once.</summary>
    [Function("CreateApiKey")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "management/payment-services/{paymentServiceId}/api-keys")] HttpRequest request,
        string paymentServiceId) =>
        api.AnswerAsync(request, async call =>
        {
            gate.Authorize(call.Request);
            return await createApiKey.RunAsync(call, paymentServiceId, Actor.Management);
        });
}
