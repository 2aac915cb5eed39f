using PaySg.Functions.Access;

namespace PaySg.Functions.Webhooks.Endpoints;

/// <summary>Lists webhook endpoints, newest first.</summary>
internal sealed class ListWebhookEndpoints(PaySgTables tables)
{
    /// <summary>200 and a page.</summary>
    /// <exception cref="ApiException">400.</exception>
    public async Task<ApiAnswer> RunAsync(ApiCall call, ApiKey key)
    {
        var wanted = ForwardPage.Read(call.Request.Query, WebhookEndpointRows.IdPrefix);
        var from = wanted.After is { } after ? RowKeys.Behind(WebhookEndpointRows.Key(after)) : WebhookEndpointRows.Prefix;
        var range = RowKeys.Range(key.PaymentServiceId, from, WebhookEndpointRows.End);
        var page = await tables.Webhooks.PageAsync(range, wanted.Limit, WebhookEndpointRows.Read, matches: null, select: null, call.ClientLeft);
        return wanted.Answer(page, endpoint => endpoint.Id, WebhookEndpointJson.Write);
    }
}
