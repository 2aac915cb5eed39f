using PaySg.Functions.Webhooks.Delivery;
using PaySg.Functions.Webhooks.Endpoints;

namespace PaySg.Functions.Management.Accounts;

/// <summary><c>POST /management/accounts/{id}/deliveries/{event_id}/resend</c>: one more attempt now.</summary>
internal sealed class ResendAccountDeliveryFunction(IApiBoundary api, AccountGate gate, ResendDelivery resendDelivery)
{
    /// <summary>202 and the delivery.</summary>
    [Function("ResendAccountDelivery")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "management/accounts/{accountId}/deliveries/{eventId}/resend")] HttpRequest request,
        string accountId,
        string eventId) =>
        api.AnswerAsync(request, async call =>
            await resendDelivery.RunAsync(call, await gate.AuthorizeAsync(call, accountId), WebhookEndpoint.IdOfAccount(accountId), eventId));
}
