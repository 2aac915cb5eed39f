using System.Security.Cryptography;
using PaySg.Functions.Access;
using PaySg.Functions.Events;
using PaySg.Functions.Platform.Idempotency;

namespace PaySg.Functions.Operations.SandboxEvents;

/// <summary>
/// Has something go through what is needed for an event of a type to be sent. With an idempotency key each part has a key made of it, so a repetition goes on
/// where an earlier request ended, and nothing is made twice.
/// </summary>
internal sealed class TriggerEvent(
    TriggerPaymentEvent paymentEvent, TriggerEndpointEvent endpointEvent, TriggerLinkEvent linkEvent, KeyedCalls keyedCalls, PaySgTables tables)
{
    private const int MaxEmailLength = 255;
    private const int MaxIdLength = 60;

    /// <summary>The types that can be asked for: all there are.</summary>
    public static readonly IReadOnlyList<string> Types = [.. EventTypes.Subscribable, EventTypes.PaymentLinkTransaction];

    /// <summary>200 and the ids of what was made.</summary>
    /// <exception cref="ApiException">400 also for an unknown type; 402 where a part was refused; 404; 409; 503.</exception>
    public async Task<ApiAnswer> RunAsync(ApiCall call, ApiKey key, string type)
    {
        if (!Types.Contains(type))
            throw ApiErrors.InvalidParameter("type", $"must be one of {string.Join(", ", Types)}.");

        var fields = await call.ReadOptionalFieldsAsync();
        var request = new TriggerRequest(
            type,
            fields.OptionalText("payer_email", MaxEmailLength),
            fields.OptionalText("webhook_endpoint_id", MaxIdLength),
            type == EventTypes.PaymentLinkTransaction ? fields.RequiredText("reff_no", MaxIdLength) : null);
        fields.ThrowIfInvalid();
        var keyed = keyedCalls.Of(call, key.At(type == EventTypes.WebhookEndpointDisabled ? tables.Webhooks : tables.Payments), request.Parameters);
        return await keyed.FindAnswerAsync()
            ?? await keyed.RunAsync(async () => await keyed.StoreAsync((await RunAsync(call, key, request, keyed)).Answer()));
    }

    private Task<TriggeredEvent> RunAsync(ApiCall call, ApiKey key, TriggerRequest request, KeyedCall keyed)
    {
        var partKey = PartKeyOf(call, request.Type);
        return request.Type switch
        {
            EventTypes.WebhookTest => endpointEvent.TestAsync(call, key, request, partKey),
            EventTypes.WebhookEndpointDisabled => endpointEvent.DisableAsync(key, request, keyed),
            EventTypes.PaymentLinkTransaction => linkEvent.RunAsync(call, request, partKey),
            _ => paymentEvent.RunAsync(call, key, request, partKey),
        };
    }

    /// <summary>The key of the parts: another one for each type, because types have parts in common.</summary>
    private static string? PartKeyOf(ApiCall call, string type) => call.Request.Headers["Idempotency-Key"].ToString() is { Length: > 0 } key
        ? $"sandbox-event-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{type}\n{key}")))}"
        : null;
}
