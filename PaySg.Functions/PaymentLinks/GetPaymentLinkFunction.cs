using PaySg.Functions.Access.Tokens;
using PaySg.Functions.Platform.Http.Singapay;

namespace PaySg.Functions.PaymentLinks;

/// <summary><c>GET /api/v1.0/payment-link-manage/{account_id}/{payment_link_id}</c>: one payment link (Singapay's page "Show").</summary>
internal sealed class GetPaymentLinkFunction(SingapayBoundary api, PaymentLinkStore links, PaymentLinkJson linkJson, TimeProvider clock)
{
    /// <summary>200 and the payment link.</summary>
    [Function("GetPaymentLink")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/v1.0/payment-link-manage/{accountId:length(26)}/{paymentLinkId}")] HttpRequest request,
        string accountId,
        string paymentLinkId) =>
        api.AnswerAsync(request, accountId, async (call, account) =>
        {
            var stored = await links.GetAsync(account.Id, paymentLinkId, call.ClientLeft);
            return SingapayAnswer.Of(json => linkJson.Write(json, stored.Link, account, clock.GetUtcNow()));
        });
}
