using PaySg.Functions.Access;
using PaySg.Functions.Platform.Errors;
using PaySg.Functions.Platform.Http;
using PaySg.Functions.Platform.Idempotency;
using PaySg.Functions.Platform.Ids;
using PaySg.Functions.Platform.Json;
using PaySg.Functions.Platform.Storage;
using PaySg.Functions.Webhooks.Endpoints;

namespace PaySg.Functions.Webhooks.Delivery;

/// <summary>Asks for one more attempt now, with the same id and body, whatever the delivery's state. A schedule that is under way goes on after it.</summary>
public sealed class ResendDelivery(
    PaySgTables tables,
    WebhookEndpointStore endpoints,
    DeliveryStore deliveries,
    DeliveryAlarm alarm,
    KeyedCalls keyedCalls,
    HotRowRetry hotRow,
    IdGenerator ids,
    TimeProvider clock)
{
    /// <summary>202 and the delivery with its next attempt due now.</summary>
    /// <exception cref="ApiException">402 where the endpoint is disabled, 404, 409.</exception>
    public async Task<ApiAnswer> RunAsync(ApiCall call, Caller caller, string endpointId, string eventId)
    {
        ArgumentNullException.ThrowIfNull(call);
        ArgumentNullException.ThrowIfNull(caller);
        var stored = await endpoints.GetAsync(caller.OwnerId, endpointId, call.ClientLeft);
        var keyed = keyedCalls.Of(call, caller.Id, new KeyedCalls.Place(tables.Deliveries, endpointId), RequestParameters.None);
        call.ClientLeft.ThrowIfCancellationRequested();
        return await keyed.RunAsync(() => hotRow.UntilDecidedAsync(() => TryAsync(keyed, stored.Endpoint, eventId), CancellationToken.None));
    }

    private async Task<ApiAnswer?> TryAsync(KeyedCall keyed, WebhookEndpoint endpoint, string eventId)
    {
        var recordRead = keyed.FindAnswerAsync();
        var rowRead = deliveries.GetRowAsync(endpoint.Id, eventId, CancellationToken.None);
        if (await recordRead.BesideAsync(rowRead) is { } replay)
        {
            return replay;
        }

        var row = await rowRead;
        if (!endpoint.Enabled)
        {
            throw ApiErrors.WebhookEndpointDisabled();
        }

        var now = clock.NowInMilliseconds();
        var delivery = DeliveryRows.Read(row).Resend(now);
        var answer = DeliveryJson.Answer(202, delivery);
        var group = new EntityGroup(ids.NewWriteId()).MergeChange(delivery, row);
        keyed.AddTo(group, answer, now);
        if (await tables.Deliveries.SubmitAsync(group, CancellationToken.None) is WriteResult.Conflict)
        {
            return null;
        }

        await alarm.SetAsync(new DeliveryMessage(endpoint.OwnerId, endpoint.Id, eventId, delivery.AttemptCount + 1), TimeSpan.Zero);
        return answer;
    }
}
