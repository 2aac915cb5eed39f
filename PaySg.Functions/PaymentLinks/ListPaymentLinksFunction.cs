using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using PaySg.Functions.Http;
using PaySg.Functions.Singapay;

namespace PaySg.Functions.PaymentLinks;

/// <summary><c>GET /api/v1.0/payment-link-manage/{account_id}</c>: payment links, newest first (Singapay's page "List").</summary>
public sealed class ListPaymentLinksFunction(
    IApiBoundary api, BearerGate gate, ListPaymentLinks listPaymentLinks, PaymentLinkJson linkJson, PaymentLinkUrls urls, TimeProvider clock)
{
    /// <summary>200 and a page.</summary>
    [Function("ListPaymentLinks")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/v1.0/payment-link-manage/{accountId:length(26)}")] HttpRequest request,
        string accountId) =>
        api.AnswerAsync(
            request,
            async call =>
            {
                var account = await gate.AuthorizeAsync(call, accountId);
                var asked = PaymentLinkPageRequest.Read(call.Request.Query);
                var page = await listPaymentLinks.RunAsync(account.Id, asked, call.ClientLeft);
                var now = clock.GetUtcNow();
                return SingapayAnswer.Of(
                    json =>
                    {
                        json.WriteStartArray();
                        foreach (var link in page.Links)
                        {
                            linkJson.Write(json, link, account, now);
                        }

                        json.WriteEndArray();
                    },
                    json => WritePagination(json, account.Id, asked, page));
            },
            SingapayAnswer.OfError);

    private void WritePagination(Utf8JsonWriter json, string accountId, PaymentLinkPageRequest asked, PaymentLinkPage page)
    {
        json.WriteStartObject("pagination");
        json.WriteNumber("total", page.Total);
        json.WriteNumber("count", page.Links.Count);
        json.WriteNumber("perPage", asked.PerPage);
        json.WriteNumber("currentPage", asked.Page);
        json.WriteNumber("totalPages", Math.Max(1, (page.Total + asked.PerPage - 1) / asked.PerPage));
        json.WriteStartObject("links");
        if (asked.HasNext(page.Total))
        {
            json.WriteString("next", urls.ListOf(accountId, asked.Page + 1, asked.PerPage));
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }
}
