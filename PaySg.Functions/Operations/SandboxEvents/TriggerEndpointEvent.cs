using PaySg.Functions.Access;
using PaySg.Functions.Events;
using PaySg.Functions.Platform.Idempotency;
using PaySg.Functions.Platform.Outbox;
using PaySg.Functions.Webhooks.Delivery;
using PaySg.Functions.Webhooks.Endpoints;

namespace PaySg.Functions.Operations.SandboxEvents;

/// <summary>Makes the events that are about endpoints themselves.</summary>
internal sealed class TriggerEndpointEvent(
    TestWebhookEndpoint test, WebhookEndpointStore endpoints, WebhookEndpointEvents events, PaySgTables tables, OutboxNudge nudge, IdGenerator ids, TimeProvider clock)
{
    /// <summary>Tests one endpoint; the ids of endpoint and event.</summary>
    /// <exception cref="ApiException">404 where there is no such endpoint, or none is enabled; 409; 503.</exception>
    public async Task<TriggeredEvent> TestAsync(ApiCall call, ApiKey key, TriggerRequest request, string? partKey)
    {
        var endpointId = request.WebhookEndpointId
            ?? (await endpoints.ListAllAsync(key.PaymentServiceId, call.ClientLeft)).FirstOrDefault(stored => stored.Endpoint.Enabled)?.Endpoint.Id
            ?? throw ApiErrors.WebhookEndpointNotFound();
        var part = call.Part($"/v1/payment-services/{key.PaymentServiceId}/webhook-endpoints/{endpointId}/test", default, partKey);
        var delivery = await CallPart.RunAsync(() => test.RunAsync(part, key, endpointId));
        return new TriggeredEvent(request.Type, delivery.GetProperty("event_id").GetString(), WebhookEndpointId: endpointId);
    }

    /// <summary>
    /// Tells of an endpoint that answered 410 and was disabled. No endpoint of the service is touched: the one that the event is about was never there.
    /// </summary>
    public async Task<TriggeredEvent> DisableAsync(ApiKey key, TriggerRequest request, KeyedCall keyed)
    {
        var now = clock.NowInMilliseconds();
        var endpoint = new WebhookEndpoint
        {
            Id = ids.NewWebhookEndpointId(),
            OwnerId = key.PaymentServiceId,
            Url = "https://receiver.example.com/webhooks",
            Description = $"Made to trigger {request.Type}",
            SubscribedEvents = [EventTypes.All],
            ProtectedSecret = null,
            FailingSince = now,
            CreatedAt = now,
            UpdatedAt = now,
        }.Disable(DisabledReason.Gone, now);
        var disabled = events.Disabled(endpoint, now);
        var work = new OutboxRow(endpoint.OwnerId, now, OutboxKind.EndpointDisabled, disabled.Id);
        var triggered = new TriggeredEvent(request.Type, disabled.Id, WebhookEndpointId: endpoint.Id);
        var group = new EntityGroup(ids.NewWriteId()).Insert(DisabledEndpointRows.Write(work, disabled));
        keyed.AddTo(group, triggered.Answer(), now);

        // A conflict: a request with the same key was faster, and its answer is found where this one is to be stored.
        if (await tables.Webhooks.SubmitAsync(group, CancellationToken.None) is WriteResult.Committed)
            await nudge.SendAsync(work);

        return triggered;
    }
}
