using PaySg.Functions.Access;
using PaySg.Functions.Events;
using PaySg.Functions.Platform.Idempotency;
using PaySg.Functions.Webhooks.Endpoints;

namespace PaySg.Functions.Webhooks.Delivery;

/// <summary>Lists the deliveries of an endpoint, newest event first.</summary>
internal sealed class ListDeliveries(PaySgTables tables, WebhookEndpointStore endpoints)
{
    /// <summary>200 and a page.</summary>
    /// <exception cref="ApiException">400, 404.</exception>
    public async Task<ApiAnswer> RunAsync(ApiCall call, Caller caller, string endpointId)
    {
        var query = call.Request.Query;
        var wanted = ForwardPage.Read(query, EventRows.IdPrefix, "status", "response_status");
        var state = ReadState(query);
        var status = ReadResponseStatus(query);
        Func<WebhookDelivery, bool>? matches = state is null && status is null
            ? null
            : delivery => (state is null || delivery.State == state) && (status is null || delivery.LastResponseStatus == status);
        var pageRead = tables.Deliveries.PageAsync(
            DeliveryRows.Range(endpointId, wanted.After, since: null), wanted.Limit, DeliveryRows.Read, matches, DeliveryRows.WithoutBody, call.ClientLeft);
        await endpoints.GetAsync(caller.OwnerId, endpointId, call.ClientLeft).BesideAsync(pageRead);
        return wanted.Answer(await pageRead, delivery => delivery.Event.Id, DeliveryJson.Write);
    }

    private static DeliveryState? ReadState(IQueryCollection query)
    {
        if (!query.TryGetValue("status", out var values))
            return null;

        var states = Enum.GetValues<DeliveryState>();
        return states.Any(state => DeliveryJson.NameOf(state) == values)
            ? states.Single(state => DeliveryJson.NameOf(state) == values)
            : throw ApiErrors.InvalidParameter("status", $"must be one of {string.Join(", ", states.Select(DeliveryJson.NameOf))}.");
    }

    private static int? ReadResponseStatus(IQueryCollection query)
    {
        if (!query.TryGetValue("response_status", out var values))
            return null;

        return int.TryParse(values, NumberStyles.None, CultureInfo.InvariantCulture, out var status) && status is >= 100 and <= 999
            ? status
            : throw ApiErrors.InvalidParameter("response_status", "must be an HTTP status, such as 500: that of the newest attempt.");
    }
}
