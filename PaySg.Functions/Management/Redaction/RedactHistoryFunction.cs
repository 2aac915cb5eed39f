using PaySg.Functions.Access;
using PaySg.Functions.Management.Accounts;

namespace PaySg.Functions.Management.Redaction;

/// <summary><c>POST /management/accounts/{id}/histories/{history_id}/redact</c>: takes the customer out of an attempt on a payment link and of all its copies.</summary>
internal sealed class RedactHistoryFunction(IApiBoundary api, AccountGate gate, RedactHistory redactHistory)
{
    /// <summary>200; the copies follow within seconds.</summary>
    [Function("RedactHistory")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "management/accounts/{accountId}/histories/{historyId}/redact")] HttpRequest request,
        string accountId,
        string historyId) =>
        api.AnswerAsync(request, async call => await redactHistory.RunAsync(call, await gate.AuthorizeAsync(call, accountId), historyId, Actor.Management));
}
