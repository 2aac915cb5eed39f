using PaySg.Functions.Access;

namespace PaySg.Functions.Management.Audit;

/// <summary><c>GET /management/payment-services/{id}/audit-log</c>: what members and the operator have done to a payment service and its payments, the newest first.</summary>
internal sealed class ListPaymentServiceAuditLogFunction(IApiBoundary api, ManagementGate gate, PaymentServiceStore services, ListAuditLog listLog)
{
    /// <summary>200 and a page.</summary>
    [Function("ListPaymentServiceAuditLog")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "management/payment-services/{paymentServiceId}/audit-log")] HttpRequest request,
        string paymentServiceId) =>
        api.AnswerAsync(request, async call =>
        {
            gate.Authorize(call.Request);
            _ = await services.FindRememberedAsync(paymentServiceId, call.ClientLeft) ?? throw ApiErrors.PaymentServiceNotFound();
            return await listLog.RunAsync(call, paymentServiceId);
        });
}
