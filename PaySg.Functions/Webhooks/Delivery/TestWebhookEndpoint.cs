using PaySg.Functions.Access;
using PaySg.Functions.Access.Audit;
using PaySg.Functions.Events;
using PaySg.Functions.Platform.Idempotency;
using PaySg.Functions.Webhooks.Endpoints;

namespace PaySg.Functions.Webhooks.Delivery;

/// <summary>
/// Sends a test event to one endpoint, enabled or not and whatever it subscribes to. The attempt is made while the caller waits, by the engine that makes
/// all attempts: should this process die, the due row has it made. A payment service has a budget of tests, kept in the memory of the instance.
/// </summary>
internal sealed class TestWebhookEndpoint(
    PaySgTables tables,
    WebhookEndpointStore endpoints,
    WebhookEndpointEvents events,
    DeliveryStore deliveries,
    DeliverWebhook deliver,
    AuditedEndpoints audited,
    KeyedCalls keyedCalls,
    HotRowRetry hotRow,
    IdGenerator ids,
    TimeProvider clock)
{
    /// <summary>How many tests a payment service may ask for in a minute.</summary>
    public const int PerMinute = 20;

    private readonly TokenBuckets budget = new(PerMinute, PerMinute, clock);

    /// <summary>200 and the delivery after its attempt.</summary>
    /// <exception cref="ApiException">404, 409, 429.</exception>
    public async Task<ApiAnswer> RunAsync(ApiCall call, ApiKey key, string endpointId)
    {
        var stored = await endpoints.GetAsync(key.PaymentServiceId, endpointId, call.ClientLeft);
        var keyed = keyedCalls.Of(call, new KeySpace(key.Id, tables.Deliveries, endpointId), RequestParameters.None);
        call.ClientLeft.ThrowIfCancellationRequested();
        var isCounted = false;
        return await hotRow.UntilDecidedAsync(() => TryAsync(keyed, key.By, stored.Endpoint, CountOnce), CancellationToken.None);

        void CountOnce()
        {
            if (!isCounted && budget.Take(key.PaymentServiceId) is { } wait)
                throw ApiErrors.TooManyWebhookTests((int)Math.Ceiling(wait.TotalSeconds));

            isCounted = true;
        }
    }

    private async Task<ApiAnswer?> TryAsync(KeyedCall keyed, Actor by, WebhookEndpoint endpoint, Action count)
    {
        if (await keyed.FindAnswerAsync() is { } replay)
            return replay;

        count();
        var now = clock.NowInMilliseconds();
        var test = events.Test(endpoint, now);
        await Task.WhenAll(audited.MarkAsync(by, endpoint), tables.Payments.SubmitAsync(new EntityGroup(ids.NewWriteId()).Insert(EventRows.Write(test)), CancellationToken.None));
        var delivery = WebhookDelivery.Of(test, endpoint.Id, now) with { TraceParent = Tracing.Current };
        var group = new EntityGroup(ids.NewWriteId()).InsertNew(delivery)
            .Audit(by, endpoint.OwnerId, now, AuditAction.WebhookEndpointTested, endpoint.Id, AuditChange.Set("event_id", test.Id));
        // Until the attempt is made, a replay shows the delivery as pending.
        keyed.AddTo(group, DeliveryJson.Answer(200, delivery), now);
        if (await tables.Deliveries.SubmitAsync(group, CancellationToken.None) is not WriteResult.Committed written)
            return null;

        var message = new DeliveryMessage(endpoint.OwnerId, endpoint.Id, test.Id, Attempt: 1, delivery.TraceParent);
        var recorded = await deliver.RunAsync(message, new DeliveryInPlay(delivery, DeliveryRows.AsWritten(group, written)))
            ?? DeliveryRows.Read(await deliveries.GetRowAsync(endpoint.Id, test.Id, CancellationToken.None));
        var answer = DeliveryJson.Answer(200, recorded);
        if (keyed.Request is { } request)
            await tables.Deliveries.SubmitAsync(new EntityGroup(ids.NewWriteId()).DecideRecord(request, endpoint.Id, answer), CancellationToken.None);

        return answer;
    }
}
