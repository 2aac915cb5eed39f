using PaySg.Functions.Access;

namespace PaySg.Functions.Payments.Emails;

/// <summary><c>POST /v1/payment-services/{payment_service_id}/payments/{payment_id}/send-email</c>: mails the payment's link to the payer.</summary>
internal sealed class SendPaymentEmailFunction(IApiBoundary api, ApiKeyGate gate, RequestLinkMail requestLinkMail)
{
    /// <summary>200 and no body. Whatever the request's body holds is ignored.</summary>
    [Function("SendPaymentEmail")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/payment-services/{paymentServiceId}/payments/{paymentId}/send-email")] HttpRequest request,
        string paymentServiceId,
        string paymentId) =>
        api.AnswerAsync(request, async call =>
            await requestLinkMail.RunAsync(call, await gate.AuthorizeAsync(call, paymentServiceId, Permission.Billing), paymentId));
}
