using PaySg.Functions.Access;
using PaySg.Functions.Access.Audit;
using PaySg.Functions.Events;
using PaySg.Functions.Platform.Idempotency;
using PaySg.Functions.Webhooks.Egress;

namespace PaySg.Functions.Webhooks.Endpoints;

/// <summary>
/// Registers a webhook endpoint. Its secret is shown in this one answer; a repetition of a keyed request shows null. The endpoints are
/// counted in a row that changes with each, so that two requests at once cannot both be the hundredth, nor the third of one URL.
/// </summary>
internal sealed class CreateWebhookEndpoint(
    PaySgTables tables,
    WebhookEndpointStore endpoints,
    EgressPolicy egress,
    SecretProtector protector,
    KeyedChange change,
    IdGenerator ids)
{
    /// <summary>How many endpoints a payment service may have.</summary>
    public const int Limit = 100;

    /// <summary>201 and the endpoint.</summary>
    /// <exception cref="ApiException">400, 402 (limit), or 409 (idempotency key used with other parameters).</exception>
    public async Task<ApiAnswer> RunAsync(ApiCall call, ApiKey key)
    {
        var fields = await WebhookEndpointFields.ReadAsync(await call.ReadFieldsAsync(), urlIsRequired: true, egress, call.ClientLeft);
        return await change.RunAsync(
            call,
            key.At(tables.Webhooks),
            fields.Parameters,
            read: token => endpoints.ListCountedAsync(key.PaymentServiceId, token),
            decide: (existing, group, now) => Decide(existing, key, group, now, fields));
    }

    private Decision Decide(CountedWebhookEndpoints existing, ApiKey key, EntityGroup group, DateTimeOffset now, WebhookEndpointFields fields)
    {
        if (existing.Count >= Limit)
            throw ApiErrors.TooManyWebhookEndpoints(Limit);

        existing.ThrowIfShared(fields.Url!);

        var (ownerId, id) = (key.PaymentServiceId, ids.NewWebhookEndpointId());
        var secret = ids.NewWebhookSecret();
        var endpoint = new WebhookEndpoint
        {
            Id = id,
            OwnerId = ownerId,
            Url = fields.Url!,
            Description = fields.Description,
            SubscribedEvents = fields.SubscribedEvents ?? [EventTypes.PaymentSucceeded],
            DisabledReason = fields.Enabled == false ? DisabledReason.Requested : null,
            ProtectedSecret = protector.Protect(secret, SecretPlace.OfWebhook(ownerId, id)),
            CreatedAt = now,
            UpdatedAt = now,
        };
        group.Insert(WebhookEndpointRows.Write(endpoint));
        var next = WebhookEndpointRows.WriteCount(ownerId, existing.Count + 1);
        _ = existing.CountRow is { } counted ? group.Replace(next, counted.ETag) : group.Insert(next);
        group.Audit(key.By, ownerId, now, AuditAction.WebhookEndpointCreated, id, WebhookEndpointChanges.Between(before: null, endpoint));
        return new Decision(new ApiAnswer(201, WebhookEndpointJson.Print(endpoint, secret)))
        {
            Recorded = new ApiAnswer(201, WebhookEndpointJson.PrintWithoutItsSecret(endpoint)),
        }.Then(() => endpoints.Forget(ownerId, id));
    }
}
