using PaySg.Functions.Access.Tokens;
using PaySg.Functions.Platform.Http.Singapay;

namespace PaySg.Functions.PaymentLinks.V2;

/// <summary><c>GET /api/v2.0/payment-link/{payment_link_id}</c>: one payment link of the caller's account, by API v2.0.</summary>
internal sealed class GetPaymentLinkV2Function(SingapayBoundary api, PaymentLinkStore links, PaymentLinkJson linkJson, TimeProvider clock)
{
    /// <summary>200 and the payment link.</summary>
    [Function("GetPaymentLinkV2")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/v2.0/payment-link/{paymentLinkId}")] HttpRequest request,
        string paymentLinkId) =>
        api.AnswerAsync(request, async (call, account) =>
        {
            var stored = await links.GetAsync(account.Id, paymentLinkId, call.ClientLeft);
            return SingapayAnswer.Of(json => linkJson.WriteV2(json, stored.Link, account, clock.GetUtcNow()));
        });
}
