using PaySg.Functions.Access;

namespace PaySg.Functions.Management.PaymentServices;

/// <summary><c>GET /management/payment-services/{id}/api-keys</c>: the keys that are not revoked, page by page in the order of their ids: the oldest first.</summary>
internal sealed class ListApiKeysFunction(IApiBoundary api, ManagementGate gate, PaymentServiceStore services, ApiKeys keys)
{
    /// <summary>200 and a page, without secrets.</summary>
    [Function("ListApiKeys")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "management/payment-services/{paymentServiceId}/api-keys")] HttpRequest request,
        string paymentServiceId) =>
        api.AnswerAsync(request, async call =>
        {
            gate.Authorize(call.Request);
            var page = PageRequest.Read(call.Request, ApiKeys.IsId);
            _ = await services.FindAsync(paymentServiceId, call.ClientLeft) ?? throw ApiErrors.PaymentServiceNotFound();
            var found = await keys.ListAsync(paymentServiceId, page.Limit, page.After, call.ClientLeft);
            return new ApiAnswer(200, PageJson.Print(page, found, key => key.Id, ApiKeyJson.WriteListed));
        });
}
