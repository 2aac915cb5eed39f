using PaySg.Functions.Webhooks.Delivery;
using PaySg.Functions.Webhooks.Endpoints;

namespace PaySg.Functions.Management.Accounts;

/// <summary><c>GET /management/accounts/{id}/deliveries/{event_id}</c>: one webhook delivery of an account.</summary>
internal sealed class GetAccountDeliveryFunction(IApiBoundary api, AccountGate gate, GetDelivery getDelivery)
{
    /// <summary>200 and the delivery.</summary>
    [Function("GetAccountDelivery")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "management/accounts/{accountId}/deliveries/{eventId}")] HttpRequest request,
        string accountId,
        string eventId) =>
        api.AnswerAsync(request, async call =>
            await getDelivery.RunAsync(call, await gate.AuthorizeAsync(call, accountId), WebhookEndpoint.IdOfAccount(accountId), eventId));
}
