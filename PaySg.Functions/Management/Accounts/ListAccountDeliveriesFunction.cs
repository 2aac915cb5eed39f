using PaySg.Functions.Webhooks.Delivery;
using PaySg.Functions.Webhooks.Endpoints;

namespace PaySg.Functions.Management.Accounts;

/// <summary><c>GET /management/accounts/{id}/deliveries</c>: the webhook deliveries of an account, newest event first.</summary>
internal sealed class ListAccountDeliveriesFunction(IApiBoundary api, AccountGate gate, ListDeliveries listDeliveries)
{
    /// <summary>200 and a page.</summary>
    [Function("ListAccountDeliveries")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "management/accounts/{accountId}/deliveries")] HttpRequest request,
        string accountId) =>
        api.AnswerAsync(request, async call =>
            await listDeliveries.RunAsync(call, await gate.AuthorizeAsync(call, accountId), WebhookEndpoint.IdOfAccount(accountId)));
}
