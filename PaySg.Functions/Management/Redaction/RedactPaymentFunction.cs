using PaySg.Functions.Access;

namespace PaySg.Functions.Management.Redaction;

/// <summary><c>POST /management/payment-services/{id}/payments/{payment_id}/redact</c>: takes the payer's data out of a payment and of all its copies.</summary>
internal sealed class RedactPaymentFunction(IApiBoundary api, ManagementGate gate, RedactPayment redactPayment)
{
    /// <summary>200 and what stays; the copies follow within seconds.</summary>
    [Function("RedactPayment")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "management/payment-services/{paymentServiceId}/payments/{paymentId}/redact")] HttpRequest request,
        string paymentServiceId,
        string paymentId) =>
        api.AnswerAsync(request, async call =>
        {
            gate.Authorize(call.Request);
            return await redactPayment.RunAsync(call, paymentServiceId, paymentId, Actor.Management);
        });
}
