using System.Text;
using Azure.Data.Tables;
using PaySg.Functions.Access;
using PaySg.Functions.Errors;
using PaySg.Functions.Http;
using PaySg.Functions.Idempotency;
using PaySg.Functions.Ids;
using PaySg.Functions.Json;
using PaySg.Functions.Storage;
using PaySg.Functions.Webhooks.Egress;
using PaySg.Functions.Webhooks.Events;

namespace PaySg.Functions.Webhooks.Endpoints;

/// <summary>Registers a webhook endpoint. Its secret is shown in this one answer; a repetition of a keyed request shows null.</summary>
public sealed class CreateWebhookEndpoint(
    PaySgTables tables, WebhookEndpointStore endpoints, EgressPolicy egress, SecretProtector protector, IdGenerator ids, TimeProvider clock)
{
    /// <summary>How many endpoints a payment service may have.</summary>
    public const int Limit = 100;

    /// <summary>201 and the endpoint.</summary>
    /// <exception cref="ApiException">400, 402 (limit), or 409 (idempotency key used with other parameters).</exception>
    public async Task<ApiAnswer> RunAsync(ApiCall call, ApiKey key)
    {
        ArgumentNullException.ThrowIfNull(call);
        ArgumentNullException.ThrowIfNull(key);
        var fields = await call.ReadFieldsAsync();
        var url = await ReadUrlAsync(fields, call.ClientLeft);
        var description = fields.OptionalText("description", 500);
        var subscribed = ReadSubscribedEvents(fields);
        var enabled = fields.OptionalBoolean("enabled") ?? true;
        fields.ThrowIfInvalid();
        var keyed = IdempotentRequest.From(
            call.Request, key.Id, Encoding.UTF8.GetBytes(string.Join('\n', url, description, string.Join(',', subscribed), enabled)));

        if ((await endpoints.ListAllAsync(key.PaymentServiceId, call.ClientLeft)).Count >= Limit)
        {
            return await FindAnswerAsync(keyed, key.PaymentServiceId, call.ClientLeft) ?? throw ApiErrors.TooManyWebhookEndpoints(Limit);
        }

        var now = clock.NowInMilliseconds();
        var id = ids.NewWebhookEndpointId();
        var secret = ids.NewWebhookSecret();
        var endpoint = new WebhookEndpoint
        {
            Id = id,
            OwnerId = key.PaymentServiceId,
            Url = url!,
            Description = description,
            SubscribedEvents = subscribed,
            Enabled = enabled,
            ProtectedSecret = protector.Protect(secret, id),
            CreatedAt = now,
            UpdatedAt = now,
        };
        var group = new EntityGroup(ids.NewWriteId());
        if (keyed is not null)
        {
            group.InsertRecord(keyed, endpoint.OwnerId, new ApiAnswer(201, WebhookEndpointJson.PrintWithoutItsSecret(endpoint)), now);
        }

        group.Insert(WebhookEndpointRows.Write(endpoint));
        if (await tables.Webhooks.SubmitAsync(group, CancellationToken.None) is WriteResult.Conflict conflict)
        {
            return (keyed is null ? null : IdempotencyRecords.AnswerOf(conflict.Main, keyed))
                ?? throw new InvalidOperationException($"The new endpoint id {id} is taken.");
        }

        return new ApiAnswer(201, WebhookEndpointJson.Print(endpoint, secret));
    }

    private async Task<ApiAnswer?> FindAnswerAsync(IdempotentRequest? keyed, string ownerId, CancellationToken cancellationToken)
    {
        if (keyed is null)
        {
            return null;
        }

        var record = await tables.Webhooks.GetEntityIfExistsAsync<TableEntity>(ownerId, IdempotencyRecords.Key(keyed), cancellationToken: cancellationToken);
        return IdempotencyRecords.AnswerOf(record.HasValue ? record.Value : null, keyed);
    }

    private async Task<string?> ReadUrlAsync(RequestFields fields, CancellationToken cancellationToken)
    {
        var text = fields.RequiredText("webhook_url", 2048);
        if (text is null)
        {
            return null;
        }

        return await egress.WhyNotRegistrableAsync(text, cancellationToken) is { } why ? fields.Wrong("webhook_url", why) : text;
    }

    private static List<string> ReadSubscribedEvents(RequestFields fields)
    {
        var types = fields.OptionalTextArray("subscribed_events", 50, 100)?.Distinct().ToList();
        if (types is null)
        {
            return [EventTypes.PaymentSucceeded];
        }

        if (types.Count == 0 || types.Any(type => type != EventTypes.All && !EventTypes.Subscribable.Contains(type)))
        {
            fields.Wrong("subscribed_events", $"must list one or more of {string.Join(", ", EventTypes.Subscribable)}, or be [\"{EventTypes.All}\"].");
        }

        return types;
    }
}
