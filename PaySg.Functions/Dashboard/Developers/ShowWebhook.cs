using PaySg.Functions.Events;
using PaySg.Functions.Webhooks.Delivery;
using PaySg.Functions.Webhooks.Endpoints;
using PaySg.Functions.Webhooks.Recoveries;

namespace PaySg.Functions.Dashboard.Developers;

/// <summary>Shows a webhook endpoint with a page of its deliveries and its recoveries, by three requests at once; or the form of a step.</summary>
internal sealed class ShowWebhook(PaySgTables tables, WebhookEndpointStore endpoints, WebhookView view, WebhooksView forms)
{
    private const int Limit = 20;

    /// <summary>How many recoveries are read: more than an endpoint has.</summary>
    private const int MostRecoveries = 1000;

    private const int RecoveriesShown = 10;

    /// <summary>200 and the page.</summary>
    /// <exception cref="ApiException">400 for a place in the list that is none; 404.</exception>
    public async Task<ApiAnswer> RunAsync(ApiCall call, Visit visit, string endpointId)
    {
        if (call.Request.Query["step"].ToString() is not { Length: > 0 } step)
            return await DetailAsync(call, visit, endpointId, refusal: null);

        var endpoint = (await endpoints.GetAsync(visit.Service.Id, endpointId, call.ClientLeft)).Endpoint;
        return step switch
        {
            DeveloperSteps.Edit => forms.Edit(visit, endpoint.Id, WebhookForm.Of(endpoint), EndpointMark.Of(endpoint), refusal: null),
            DeveloperSteps.Rotate => view.Rotate(visit, endpoint),
            DeveloperSteps.Recover => view.Recover(visit, endpoint.Id, "", "", refusal: null),
            DeveloperSteps.Delete => view.ConfirmDelete(visit, endpoint),
            _ => await DetailAsync(call, visit, endpointId, refusal: null),
        };
    }

    /// <summary>The page, with why what was asked for was not done; null: nothing was refused.</summary>
    /// <exception cref="ApiException">400 for a place in the list, or a status, that is none; 404.</exception>
    public async Task<ApiAnswer> DetailAsync(ApiCall call, Visit visit, string endpointId, FormRefusal? refusal)
    {
        var query = call.Request.Query;
        ListAddress.Require(query, "step", "status", DeveloperSteps.Done, ListAddress.After);
        var after = ListAddress.ReadAfter(query, static id => SortableUuid.IsPrefixed(id, EventRows.IdPrefix));
        if (!SortableUuid.IsPrefixed(endpointId, WebhookEndpointRows.IdPrefix))
            throw ApiErrors.WebhookEndpointNotFound();

        var status = query["status"].ToString();
        var state = WebhookView.StateOf(status);
        if (status.Length > 0 && state is null)
            throw ListAddress.NoSuchPage();

        var endpointRead = endpoints.GetAsync(visit.Service.Id, endpointId, call.ClientLeft);
        var pageRead = tables.Deliveries.PageAsync(
            DeliveryRows.Range(endpointId, after, since: null),
            Limit,
            DeliveryRows.Read,
            state is null ? null : delivery => delivery.State == state,
            DeliveryRows.WithoutBody,
            call.ClientLeft);
        var recoveriesRead = tables.Webhooks.FirstAsync(RowKeys.Prefix(visit.Service.Id, RecoveryRows.KeysOf(endpointId)), MostRecoveries, call.ClientLeft);
        await Task.WhenAll(endpointRead, pageRead, recoveriesRead);
        var recoveries = (await recoveriesRead).Select(RecoveryRows.Read).Reverse().Take(RecoveriesShown);
        return view.Detail(visit, (await endpointRead).Endpoint, await pageRead, [.. recoveries], state, query[DeveloperSteps.Done], refusal);
    }
}
