using PaySg.Functions.Access;

namespace PaySg.Functions.Payments.Refunds;

/// <summary><c>GET …/payments/{payment_id}/refunds</c>: the refunds of a payment, newest first. An addition of ours to the PaySG API.</summary>
internal sealed class ListRefundsFunction(IApiBoundary api, ApiKeyGate gate, PaymentStore payments)
{
    /// <summary>200 and the list, by the one point read of the payment.</summary>
    [Function("ListRefunds")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "v1/payment-services/{paymentServiceId}/payments/{paymentId}/refunds")] HttpRequest request,
        string paymentServiceId,
        string paymentId) =>
        api.AnswerAsync(request, async call =>
        {
            await gate.AuthorizeAsync(call, paymentServiceId, Permission.View);
            KnownParameters.Check(call.Request.Query);
            var stored = await payments.GetAsync(paymentServiceId, paymentId, call.ClientLeft);
            return new ApiAnswer(200, RefundListJson.Print(stored.Payment));
        });
}
