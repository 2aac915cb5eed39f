using PaySg.Functions.Access;
using PaySg.Functions.Events;
using PaySg.Functions.Platform.Errors;
using PaySg.Functions.Platform.Http;
using PaySg.Functions.Platform.Idempotency;
using PaySg.Functions.Platform.Ids;
using PaySg.Functions.Platform.Json;
using PaySg.Functions.Platform.Storage;
using PaySg.Functions.Webhooks.Egress;

namespace PaySg.Functions.Webhooks.Endpoints;

/// <summary>
/// Registers a webhook endpoint. Its secret is shown in this one answer; a repetition of a keyed request shows null. The endpoints are
/// counted in a row that changes with each, so that two requests at once cannot both be the hundredth, nor the third of one URL.
/// </summary>
public sealed class CreateWebhookEndpoint(
    PaySgTables tables,
    WebhookEndpointStore endpoints,
    EgressPolicy egress,
    SecretProtector protector,
    KeyedCalls keyedCalls,
    HotRowRetry hotRow,
    IdGenerator ids,
    TimeProvider clock)
{
    /// <summary>How many endpoints a payment service may have.</summary>
    public const int Limit = 100;

    /// <summary>201 and the endpoint.</summary>
    /// <exception cref="ApiException">400, 402 (limit), or 409 (idempotency key used with other parameters).</exception>
    public async Task<ApiAnswer> RunAsync(ApiCall call, ApiKey key)
    {
        ArgumentNullException.ThrowIfNull(call);
        ArgumentNullException.ThrowIfNull(key);
        var fields = await WebhookEndpointFields.ReadAsync(await call.ReadFieldsAsync(), urlIsRequired: true, egress, call.ClientLeft);
        var keyed = keyedCalls.Of(call, key, tables.Webhooks, fields.Parameters);
        call.ClientLeft.ThrowIfCancellationRequested();
        return await keyed.RunAsync(() => hotRow.UntilDecidedAsync(() => TryAsync(keyed, key.PaymentServiceId, fields), CancellationToken.None));
    }

    private async Task<ApiAnswer?> TryAsync(KeyedCall keyed, string ownerId, WebhookEndpointFields fields)
    {
        var recordRead = keyed.FindAnswerAsync();
        var listRead = endpoints.ListCountedAsync(ownerId, CancellationToken.None);
        if (await recordRead.BesideAsync(listRead) is { } replay)
        {
            return replay;
        }

        var existing = await listRead;
        if (existing.Count >= Limit)
        {
            throw ApiErrors.TooManyWebhookEndpoints(Limit);
        }

        existing.ThrowIfShared(fields.Url!);

        var now = clock.NowInMilliseconds();
        var id = ids.NewWebhookEndpointId();
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
        var group = new EntityGroup(ids.NewWriteId()).Insert(WebhookEndpointRows.Write(endpoint));
        var next = WebhookEndpointRows.WriteCount(ownerId, existing.Count + 1);
        _ = existing.CountRow is { } counted ? group.Replace(next, counted.ETag) : group.Insert(next);
        keyed.AddTo(group, new ApiAnswer(201, WebhookEndpointJson.PrintWithoutItsSecret(endpoint)), now);
        return await tables.Webhooks.SubmitAsync(group, CancellationToken.None) is WriteResult.Committed
            ? new ApiAnswer(201, WebhookEndpointJson.Print(endpoint, secret))
            : null;
    }
}
