using PaySg.Functions.Webhooks.Endpoints;

namespace PaySg.Functions.Dashboard.Developers;

/// <summary>Shows the webhook endpoints of a payment service by one request, or the form that registers one.</summary>
internal sealed class ShowWebhooks(WebhookEndpointStore endpoints, WebhooksView view)
{
    /// <summary>200 and the page.</summary>
    /// <exception cref="ApiException">400 where the address asks for what the list does not have.</exception>
    public async Task<ApiAnswer> RunAsync(ApiCall call, Visit visit)
    {
        var query = call.Request.Query;
        ListAddress.Require(query, "step", DeveloperSteps.Done);
        if (query["step"] == DeveloperSteps.Create)
            return view.New(visit, WebhookForm.Blank, refusal: null);

        var all = await endpoints.ListAllAsync(visit.Service.Id, call.ClientLeft);
        return view.List(visit, [.. all.Select(stored => stored.Endpoint)], query[DeveloperSteps.Done] == DeveloperSteps.Delete ? "The endpoint is deleted." : null);
    }
}
