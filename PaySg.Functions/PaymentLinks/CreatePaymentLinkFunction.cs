using PaySg.Functions.Access;
using PaySg.Functions.Access.Tokens;
using PaySg.Functions.Platform.Http.Singapay;

namespace PaySg.Functions.PaymentLinks;

/// <summary><c>POST /api/v1.0/payment-link-manage/{account_id}</c>: creates a payment link (Singapay's page "Create").</summary>
internal sealed class CreatePaymentLinkFunction(
    SingapayBoundary api, PaySgSettings settings, CreatePaymentLink createPaymentLink, PaymentLinkJson linkJson)
{
    /// <summary>200 and the payment link.</summary>
    [Function("CreatePaymentLink")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/v1.0/payment-link-manage/{accountId:length(26)}")] HttpRequest request,
        string accountId) =>
        api.AnswerAsync(request, accountId, async (call, account) =>
        {
            var details = PaymentLinkFields.ReadNew(new SingapayFields(await call.ReadFieldsAsync(), settings.IsDevelopment));
            var link = await createPaymentLink.RunAsync(call, account, details, Actor.OfApiKey(account.Id));
            return SingapayAnswer.Of(json => linkJson.Write(json, link, account, link.CreatedAt));
        });
}
