using PaySg.Functions.Access.Tokens;
using PaySg.Functions.Platform.Http.Singapay;

namespace PaySg.Functions.PaymentLinks;

/// <summary><c>GET /api/v1.0/payment-link-manage/{account_id}</c>: payment links, newest first (Singapay's page "List").</summary>
internal sealed class ListPaymentLinksFunction(
    SingapayBoundary api, ListNewest listNewest, PaymentLinkJson linkJson, PaymentLinkUrls urls, TimeProvider clock)
{
    /// <summary>200 and a page.</summary>
    [Function("ListPaymentLinks")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/v1.0/payment-link-manage/{accountId:length(26)}")] HttpRequest request,
        string accountId) =>
        api.AnswerAsync(request, accountId, async (call, account) =>
        {
            var asked = PaymentLinkPageRequest.Read(call.Request.Query);
            var page = await listNewest.RunAsync(account.Id, ListedRows.Links, asked, PaymentLinkRows.Read, call.ClientLeft);
            var now = clock.GetUtcNow();
            return SingapayAnswer.Of(
                json =>
                {
                    json.WriteStartArray();
                    foreach (var link in page.Entries)
                        linkJson.Write(json, link, account, now);

                    json.WriteEndArray();
                },
                json => PaginationJson.Write(json, asked, page.Entries.Count, page.Total, number => urls.ListOf(account.Id, number, asked.PerPage)));
        });
}
