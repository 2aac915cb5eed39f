using PaySg.Functions.Access;
using PaySg.Functions.Access.Tokens;
using PaySg.Functions.Platform.Http.Singapay;

namespace PaySg.Functions.PaymentLinks;

/// <summary><c>PUT /api/v1.0/payment-link-manage/{account_id}/{payment_link_id}</c>: replaces a payment link's terms (Singapay's page "Update").</summary>
internal sealed class UpdatePaymentLinkFunction(
    SingapayBoundary api, PaySgSettings settings, UpdatePaymentLink updatePaymentLink, PaymentLinkJson linkJson)
{
    /// <summary>200 and the payment link.</summary>
    [Function("UpdatePaymentLink")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/v1.0/payment-link-manage/{accountId:length(26)}/{paymentLinkId}")] HttpRequest request,
        string accountId,
        string paymentLinkId) =>
        api.AnswerAsync(request, accountId, async (call, account) =>
        {
            var replacement = PaymentLinkFields.ReadReplacement(new SingapayFields(await call.ReadFieldsAsync(), settings.IsDevelopment));
            var link = await updatePaymentLink.RunAsync(call, account.Id, paymentLinkId, replacement, Actor.OfApiKey(account.Id));
            return SingapayAnswer.Of(json => linkJson.Write(json, link, account, link.UpdatedAt));
        });
}
