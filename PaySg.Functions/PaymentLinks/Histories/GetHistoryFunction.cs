using PaySg.Functions.Access.Tokens;
using PaySg.Functions.Platform.Http.Singapay;

namespace PaySg.Functions.PaymentLinks.Histories;

/// <summary><c>GET /api/v1.0/payment-link-histories/{account_id}/{history_id}</c>: one payer's attempt (Singapay's page "Show" of histories).</summary>
internal sealed class GetHistoryFunction(SingapayBoundary api, GetHistory getHistory, TimeProvider clock)
{
    /// <summary>200 and the history.</summary>
    [Function("GetHistory")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/v1.0/payment-link-histories/{accountId:length(26)}/{historyId}")] HttpRequest request,
        string accountId,
        string historyId) =>
        api.AnswerAsync(request, accountId, async (call, account) =>
        {
            var attempt = await getHistory.RunAsync(account.Id, historyId, call.ClientLeft);
            return SingapayAnswer.Of(json => HistoryJson.Write(json, attempt, clock.GetUtcNow()));
        });
}
