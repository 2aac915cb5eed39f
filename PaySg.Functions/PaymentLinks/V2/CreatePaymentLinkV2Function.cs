using PaySg.Functions.Access;
using PaySg.Functions.Access.Tokens;
using PaySg.Functions.Platform.Http.Singapay;

namespace PaySg.Functions.PaymentLinks.V2;

/// <summary><c>POST /api/v2.0/payment-link/{account_id}</c>: creates a payment link by API v2.0.</summary>
internal sealed class CreatePaymentLinkV2Function(
    SingapayBoundary api, PaySgSettings settings, CreatePaymentLink createPaymentLink, PaymentLinkJson linkJson, TimeProvider clock)
{
    /// <summary>200 and the payment link.</summary>
    [Function("CreatePaymentLinkV2")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/v2.0/payment-link/{accountId:length(26)}")] HttpRequest request,
        string accountId) =>
        api.AnswerAsync(request, accountId, async (call, account) =>
        {
            var details = PaymentLinkV2Fields.ReadNew(new SingapayFields(await call.ReadFieldsAsync(), settings.IsDevelopment), clock.GetUtcNow());
            var link = await createPaymentLink.RunAsync(call, account, details, Actor.OfApiKey(account.Id));
            return SingapayAnswer.Of(json => linkJson.WriteV2(json, link, account, link.CreatedAt));
        });
}
