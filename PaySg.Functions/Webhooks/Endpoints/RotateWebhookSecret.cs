using PaySg.Functions.Access;
using PaySg.Functions.Access.Audit;
using PaySg.Functions.Platform.Idempotency;

namespace PaySg.Functions.Webhooks.Endpoints;

/// <summary>Gives a webhook endpoint a new secret, shown in this one answer. The old one signs too until it expires.</summary>
internal sealed class RotateWebhookSecret(
    PaySgTables tables, WebhookEndpointStore endpoints, SecretProtector protector, KeyedChange change, IdGenerator ids)
{
    /// <summary>How long the old secret signs where the caller does not say.</summary>
    public static readonly TimeSpan DefaultOverlap = TimeSpan.FromHours(24);

    /// <summary>How long the old secret may sign at most.</summary>
    public static readonly TimeSpan LongestOverlap = TimeSpan.FromDays(7);

    /// <summary>200 and the endpoint with its new secret.</summary>
    /// <param name="isAsSeen">Compares the endpoint with what the sender of a form saw; null: whatever it is.</param>
    /// <exception cref="ApiException">400, 404, 409; <see cref="StaleForm"/>.</exception>
    public async Task<ApiAnswer> RunAsync(ApiCall call, ApiKey key, string endpointId, Func<WebhookEndpoint, bool>? isAsSeen = null)
    {
        var fields = await call.ReadOptionalFieldsAsync();
        var asked = fields.OptionalInteger("expires_in_seconds", 0, (long)LongestOverlap.TotalSeconds);
        fields.ThrowIfInvalid();
        var seconds = asked ?? (long)DefaultOverlap.TotalSeconds;
        return await change.RunAsync(
            call,
            key.At(tables.Webhooks),
            new RequestParameters().With("expires_in_seconds", asked).OnceWrittenAs($"{seconds}"),
            read: token => endpoints.GetAsync(key.PaymentServiceId, endpointId, token),
            decide: (stored, group, now) =>
            {
                StaleForm.ThrowUnless(isAsSeen, stored.Endpoint);
                return Decide(stored, key.By, group, now, TimeSpan.FromSeconds(seconds));
            });
    }

    private Decision Decide(StoredWebhookEndpoint stored, Actor by, EntityGroup group, DateTimeOffset now, TimeSpan overlap)
    {
        var (ownerId, id) = (stored.Endpoint.OwnerId, stored.Endpoint.Id);
        var secret = ids.NewWebhookSecret();
        var endpoint = stored.Endpoint.Rotate(protector.Protect(secret, SecretPlace.OfWebhook(ownerId, id)), overlap, now);
        group.Replace(WebhookEndpointRows.Write(endpoint), stored.Version).Audit(by, ownerId, now, AuditAction.WebhookSecretRotated, id);
        return new Decision(new ApiAnswer(200, WebhookEndpointJson.Print(endpoint, secret)))
        {
            Recorded = new ApiAnswer(200, WebhookEndpointJson.PrintWithoutItsSecret(endpoint)),
        }.Then(() => endpoints.Forget(id));
    }
}
