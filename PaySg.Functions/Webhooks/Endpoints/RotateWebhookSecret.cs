using PaySg.Functions.Access;
using PaySg.Functions.Platform.Errors;
using PaySg.Functions.Platform.Http;
using PaySg.Functions.Platform.Idempotency;
using PaySg.Functions.Platform.Ids;
using PaySg.Functions.Platform.Json;
using PaySg.Functions.Platform.Storage;

namespace PaySg.Functions.Webhooks.Endpoints;

/// <summary>Gives a webhook endpoint a new secret, shown in this one answer. The old one signs too until it expires.</summary>
public sealed class RotateWebhookSecret(
    PaySgTables tables,
    WebhookEndpointStore endpoints,
    SecretProtector protector,
    KeyedCalls keyedCalls,
    HotRowRetry hotRow,
    IdGenerator ids,
    TimeProvider clock)
{
    /// <summary>How long the old secret signs where the caller does not say.</summary>
    public static readonly TimeSpan DefaultOverlap = TimeSpan.FromHours(24);

    /// <summary>How long the old secret may sign at most.</summary>
    public static readonly TimeSpan LongestOverlap = TimeSpan.FromDays(7);

    /// <summary>200 and the endpoint with its new secret.</summary>
    /// <exception cref="ApiException">400, 404, 409.</exception>
    public async Task<ApiAnswer> RunAsync(ApiCall call, ApiKey key, string endpointId)
    {
        ArgumentNullException.ThrowIfNull(call);
        ArgumentNullException.ThrowIfNull(key);
        var fields = await call.ReadOptionalFieldsAsync();
        var asked = fields.OptionalInteger("expires_in_seconds", 0, (long)LongestOverlap.TotalSeconds);
        fields.ThrowIfInvalid();
        var seconds = asked ?? (long)DefaultOverlap.TotalSeconds;
        var keyed = keyedCalls.Of(call, key, tables.Webhooks, new RequestParameters().With("expires_in_seconds", asked).OnceWrittenAs($"{seconds}"));
        call.ClientLeft.ThrowIfCancellationRequested();
        return await keyed.RunAsync(
            () => hotRow.UntilDecidedAsync(() => TryAsync(keyed, key.PaymentServiceId, endpointId, TimeSpan.FromSeconds(seconds)), CancellationToken.None));
    }

    private async Task<ApiAnswer?> TryAsync(KeyedCall keyed, string ownerId, string endpointId, TimeSpan overlap)
    {
        var recordRead = keyed.FindAnswerAsync();
        var endpointRead = endpoints.GetAsync(ownerId, endpointId, CancellationToken.None);
        if (await recordRead.BesideAsync(endpointRead) is { } replay)
        {
            return replay;
        }

        var stored = await endpointRead;
        var now = clock.NowInMilliseconds();
        var secret = ids.NewWebhookSecret();
        var endpoint = stored.Endpoint.Rotate(protector.Protect(secret, SecretPlace.OfWebhook(ownerId, endpointId)), overlap, now);
        var group = new EntityGroup(ids.NewWriteId()).Replace(WebhookEndpointRows.Write(endpoint), stored.Version);
        keyed.AddTo(group, new ApiAnswer(200, WebhookEndpointJson.PrintWithoutItsSecret(endpoint)), now);
        if (await tables.Webhooks.SubmitAsync(group, CancellationToken.None) is WriteResult.Conflict)
        {
            return null;
        }

        endpoints.Forget(endpointId);
        return new ApiAnswer(200, WebhookEndpointJson.Print(endpoint, secret));
    }
}
