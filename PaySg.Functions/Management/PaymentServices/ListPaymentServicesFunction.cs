using PaySg.Functions.Access;

namespace PaySg.Functions.Management.PaymentServices;

/// <summary><c>GET /management/payment-services</c>: all payment services, page by page in the order of their ids.</summary>
internal sealed class ListPaymentServicesFunction(IApiBoundary api, ManagementGate gate, PaymentServiceStore services)
{
    /// <summary>200 and a page.</summary>
    [Function("ListPaymentServices")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "management/payment-services")] HttpRequest request) =>
        api.AnswerAsync(request, async call =>
        {
            gate.Authorize(call.Request);
            var page = PageRequest.Read(call.Request, PaymentServiceStore.IsId);
            var found = await services.ListAsync(page.Limit, page.After, call.ClientLeft);
            return new ApiAnswer(200, PageJson.Print(page, found, service => service.Id, PaymentServiceJson.Write));
        });
}
