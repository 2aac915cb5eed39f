using PaySg.Functions.Access;
using PaySg.Functions.Events;
using PaySg.Functions.Languages;
using PaySg.Functions.Platform.Idempotency;
using PaySg.Functions.Platform.Markup;
using PaySg.Functions.Webhooks.Delivery;
using PaySg.Functions.Webhooks.Endpoints;

namespace PaySg.Functions.Dashboard.Developers;

/// <summary>Shows an event and its delivery to each endpoint that there is: event and endpoints at once, then a request for each endpoint.</summary>
internal sealed class ShowWebhookEvent(PaySgTables tables, WebhookEndpointStore endpoints, DeveloperPages corner)
{
    private const int AtOnce = 20;

    /// <summary>200 and the page.</summary>
    /// <exception cref="ApiException">404.</exception>
    public async Task<ApiAnswer> RunAsync(ApiCall call, Visit visit, string eventId)
    {
        if (!SortableUuid.IsPrefixed(eventId, EventRows.IdPrefix))
            throw ApiErrors.EventNotFound();

        var rowRead = tables.Payments.FindAsync(visit.Service.Id, EventRows.Key(eventId), call.ClientLeft);
        var all = await endpoints.ListAllAsync(visit.Service.Id, call.ClientLeft).BesideAsync(rowRead);
        var found = EventRows.Read(await rowRead ?? throw ApiErrors.EventNotFound());
        var deliveries = new List<(WebhookEndpoint Endpoint, WebhookDelivery Delivery)>();
        foreach (var some in all.Chunk(AtOnce))
        {
            var rows = await Task.WhenAll(some.Select(stored => tables.Deliveries.FindAsync(stored.Endpoint.Id, DeliveryRows.Key(eventId), call.ClientLeft)));
            deliveries.AddRange(some.Zip(rows).Where(pair => pair.Second is not null).Select(pair => (pair.First.Endpoint, DeliveryRows.Read(pair.Second!))));
        }

        return Print(visit, found, deliveries);
    }

    private ApiAnswer Print(Visit visit, WebhookEvent found, List<(WebhookEndpoint Endpoint, WebhookDelivery Delivery)> deliveries) => corner.Page(200, visit, found.Type, Html.Of($"""
        <dl>
        {Fact.Of("Event id", found.Id)}
        {Fact.Of("Happened", Texts.English.SingaporeTime(found.CreatedAt))}
        {(EventSubject.PaymentOf(found) is { } paymentId && visit.May(Permission.View) ? Fact.Of("Payment", Html.Of($"""<a href="{corner.PaymentOf(visit, paymentId)}">{paymentId}</a>""")) : Html.Empty)}
        </dl>
        <h2>Deliveries</h2>
        {(deliveries.Count == 0 ? Html.Of($"<p>It was sent to no endpoint that there is now.</p>") : Table(visit, deliveries))}
        <h2>What is sent</h2>
        {Preformatted.Block("The event", found.Body)}
        """));

    private Html Table(Visit visit, List<(WebhookEndpoint Endpoint, WebhookDelivery Delivery)> deliveries) => Html.Of($"""
        <table class="list">
        <caption class="unseen">Deliveries</caption>
        <thead><tr><th scope="col">Endpoint</th><th scope="col">Last answer</th><th scope="col">Next attempt</th><th scope="col">Status</th><th scope="col" class="when">Attempts</th></tr></thead>
        <tbody>
        {Html.Join(deliveries.Select(pair => Html.Of($"""
            <tr><th scope="row"><a href="{corner.In(visit, DeveloperPaths.Delivery(pair.Endpoint.Id, pair.Delivery.Event.Id))}">{pair.Endpoint.Url}</a></th><td>{DeliveryWords.LastAnswer(pair.Delivery)}</td><td>{(pair.Delivery.NextAttemptAt is { } next ? Texts.English.SingaporeTime(next) : "")}</td><td>{DeliveryWords.Status(pair.Delivery.State)}</td><td class="when" data-label="Attempts">{Counts.Print(pair.Delivery.AttemptCount)}</td></tr>
            """)))}
        </tbody>
        </table>
        """);
}
