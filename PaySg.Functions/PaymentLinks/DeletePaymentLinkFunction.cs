using PaySg.Functions.Access.Tokens;
using PaySg.Functions.Platform.Http.Singapay;

namespace PaySg.Functions.PaymentLinks;

/// <summary><c>DELETE /api/v1.0/payment-link-manage/{account_id}/{payment_link_id}</c>: deletes a payment link (Singapay's page "Delete").</summary>
internal sealed class DeletePaymentLinkFunction(SingapayBoundary api, DeletePaymentLink deletePaymentLink)
{
    /// <summary>200 and a message.</summary>
    [Function("DeletePaymentLink")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/v1.0/payment-link-manage/{accountId:length(26)}/{paymentLinkId}")] HttpRequest request,
        string accountId,
        string paymentLinkId) =>
        api.AnswerAsync(request, accountId, async (call, account) =>
        {
            await deletePaymentLink.RunAsync(call, account.Id, paymentLinkId);
            return SingapayAnswer.Of(json =>
            {
                json.WriteStartObject();
                json.WriteString("message", "Payment Link deleted successfully");
                json.WriteEndObject();
            });
        });
}
