using PaySg.Functions.Access;
using PaySg.Functions.Access.Tokens;
using PaySg.Functions.Platform.Http.Singapay;

namespace PaySg.Functions.PaymentLinks.V2;

/// <summary><c>PUT /api/v2.0/payment-link/update/{payment_link_id}</c>: changes what the body names of a payment link, by API v2.0.</summary>
internal sealed class UpdatePaymentLinkV2Function(
    SingapayBoundary api, PaySgSettings settings, UpdatePaymentLink updatePaymentLink, PaymentLinkJson linkJson, TimeProvider clock)
{
    /// <summary>200 and the payment link.</summary>
    [Function("UpdatePaymentLinkV2")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/v2.0/payment-link/update/{paymentLinkId}")] HttpRequest request,
        string paymentLinkId) =>
        api.AnswerAsync(request, async (call, account) =>
        {
            var change = PaymentLinkV2Fields.ReadChange(new SingapayFields(await call.ReadFieldsAsync(), settings.IsDevelopment), clock.GetUtcNow());
            var link = await updatePaymentLink.RunAsync(call, account.Id, paymentLinkId, change, Actor.OfApiKey(account.Id));
            return SingapayAnswer.Of(json => linkJson.WriteV2(json, link, account, link.UpdatedAt));
        });
}
