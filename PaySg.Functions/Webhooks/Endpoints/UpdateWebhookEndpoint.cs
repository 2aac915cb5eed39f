using PaySg.Functions.Access;
using PaySg.Functions.Access.Audit;
using PaySg.Functions.Platform.Idempotency;
using PaySg.Functions.Webhooks.Egress;

namespace PaySg.Functions.Webhooks.Endpoints;

/// <summary>Changes what the caller names of a webhook endpoint. Enabling it, or giving it another URL, forgets that it was failing.</summary>
internal sealed class UpdateWebhookEndpoint(PaySgTables tables, WebhookEndpointStore endpoints, EgressPolicy egress, KeyedChange change)
{
    /// <summary>200 and the endpoint.</summary>
    /// <param name="isAsSeen">Compares the endpoint with what the sender of a form saw; null: whatever it is.</param>
    /// <exception cref="ApiException">400, 404, 409; <see cref="StaleForm"/>.</exception>
    public async Task<ApiAnswer> RunAsync(ApiCall call, ApiKey key, string endpointId, Func<WebhookEndpoint, bool>? isAsSeen = null)
    {
        var fields = await WebhookEndpointFields.ReadAsync(await call.ReadFieldsAsync(), urlIsRequired: false, egress, call.ClientLeft);
        return await change.RunAsync(
            call,
            key.At(tables.Webhooks),
            fields.Parameters,
            read: token => ReadAsync(key.PaymentServiceId, endpointId, fields.Url, token),
            decide: (read, group, now) =>
            {
                StaleForm.ThrowUnless(isAsSeen, read.Stored.Endpoint);
                return Decide(read.Stored, read.Counted, key.By, group, now, fields);
            });
    }

    private Decision Decide(
        StoredWebhookEndpoint stored, CountedWebhookEndpoints? counted, Actor by, EntityGroup group, DateTimeOffset now, WebhookEndpointFields fields)
    {
        var endpoint = Change(stored.Endpoint, fields, now);
        group.Replace(WebhookEndpointRows.Write(endpoint), stored.Version);
        if (counted?.CountRow is { } countRow)
        {
            // The same number: but two that take the last place at one URL write it both, and one loses.
            group.Replace(WebhookEndpointRows.WriteCount(endpoint.OwnerId, counted.Count), countRow.ETag);
        }

        group.AuditChanges(by, endpoint.OwnerId, now, AuditAction.WebhookEndpointUpdated, endpoint.Id, WebhookEndpointChanges.Between(stored.Endpoint, endpoint));
        return new Decision(new ApiAnswer(200, WebhookEndpointJson.Print(endpoint))).Then(() => endpoints.Forget(endpoint.OwnerId, endpoint.Id));
    }

    /// <summary>The endpoint, and where it gets another URL those that may have that.</summary>
    private async Task<(StoredWebhookEndpoint Stored, CountedWebhookEndpoints? Counted)> ReadAsync(
        string ownerId, string endpointId, string? url, CancellationToken cancellationToken)
    {
        if (url is null)
            return (await endpoints.GetAsync(ownerId, endpointId, cancellationToken), null);

        var counted = await endpoints.ListCountedAsync(ownerId, cancellationToken);
        var stored = counted.Endpoints.FirstOrDefault(each => each.Endpoint.Id == endpointId) ?? throw ApiErrors.WebhookEndpointNotFound();
        if (WebhookUrl.AreOne(url, stored.Endpoint.Url))
            return (stored, null);

        counted.ThrowIfShared(url);
        return (stored, counted);
    }

    private static WebhookEndpoint Change(WebhookEndpoint endpoint, WebhookEndpointFields fields, DateTimeOffset now)
    {
        var changed = endpoint with
        {
            Url = fields.Url ?? endpoint.Url,
            Description = fields.Description is { Length: 0 } ? null : fields.Description ?? endpoint.Description,
            SubscribedEvents = fields.SubscribedEvents ?? endpoint.SubscribedEvents,
            FailingSince = fields.Url is null || WebhookUrl.AreOne(fields.Url, endpoint.Url) ? endpoint.FailingSince : null,
            UpdatedAt = now,
        };
        return fields.Enabled switch
        {
            true => changed.Enable(now),
            false => changed.Disable(DisabledReason.Requested, now),
            null => changed,
        };
    }
}
