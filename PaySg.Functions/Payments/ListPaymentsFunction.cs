using PaySg.Functions.Access;

namespace PaySg.Functions.Payments;

/// <summary><c>GET /v1/payment-services/{payment_service_id}/payments</c>: payments, newest first (guide, page "Pagination").</summary>
internal sealed class ListPaymentsFunction(IApiBoundary api, ApiKeyGate gate, ListPayments listPayments)
{
    /// <summary>200 and a page.</summary>
    [Function("ListPayments")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "v1/payment-services/{paymentServiceId}/payments")] HttpRequest request,
        string paymentServiceId) =>
        api.AnswerAsync(request, async call =>
        {
            await gate.AuthorizeAsync(call, paymentServiceId, Permission.View);
            return await listPayments.RunAsync(call.Request.Query, paymentServiceId, call.ClientLeft);
        });
}
