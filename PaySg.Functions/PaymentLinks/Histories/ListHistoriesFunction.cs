using PaySg.Functions.Access.Tokens;
using PaySg.Functions.Platform.Http.Singapay;

namespace PaySg.Functions.PaymentLinks.Histories;

/// <summary><c>GET /api/v1.0/payment-link-histories/{account_id}</c>: payers' attempts, by default newest first (Singapay's page "List" of histories).</summary>
internal sealed class ListHistoriesFunction(SingapayBoundary api, ListHistories listHistories, PaymentLinkUrls urls, TimeProvider clock)
{
    /// <summary>The header that says that only so many of the newest attempts of the range were looked at.</summary>
    public const string NewestOnly = "paysg-newest-only";

    /// <summary>200 and a page.</summary>
    [Function("ListHistories")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/v1.0/payment-link-histories/{accountId:length(26)}")] HttpRequest request,
        string accountId) =>
        api.AnswerAsync(request, accountId, async (call, account) =>
        {
            var query = HistoryQuery.Read(call.Request.Query);
            var now = clock.GetUtcNow();
            var (page, isCut) = await listHistories.RunAsync(account.Id, query, now, call.ClientLeft);
            var answer = SingapayAnswer.Of(
                json =>
                {
                    json.WriteStartArray();
                    foreach (var attempt in page.Entries)
                        HistoryJson.Write(json, attempt, now);

                    json.WriteEndArray();
                },
                json => PaginationJson.Write(json, query.Page, page.Entries.Count, page.Total, number => urls.HistoriesOf(account.Id, query.Given, number)));
            return isCut ? answer.WithHeader(NewestOnly, ListHistories.Longest.ToString(CultureInfo.InvariantCulture)) : answer;
        });
}
