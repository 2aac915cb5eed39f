using Azure.Data.Tables;
using PaySg.Functions.Access;
using PaySg.Functions.Platform.Errors;
using PaySg.Functions.Platform.Http;
using PaySg.Functions.Platform.Idempotency;
using PaySg.Functions.Platform.Ids;
using PaySg.Functions.Platform.Json;
using PaySg.Functions.Platform.Outbox;
using PaySg.Functions.Platform.Storage;

namespace PaySg.Functions.Webhooks.Endpoints;

/// <summary>Deletes a webhook endpoint. An outbox row, written with it, has its pending deliveries ended.</summary>
public sealed class DeleteWebhookEndpoint(
    PaySgTables tables, WebhookEndpointStore endpoints, KeyedCalls keyedCalls, HotRowRetry hotRow, OutboxNudge nudge, IdGenerator ids, TimeProvider clock)
{
    /// <summary>204.</summary>
    /// <exception cref="ApiException">404, 409.</exception>
    public Task<ApiAnswer> RunAsync(ApiCall call, ApiKey key, string endpointId)
    {
        ArgumentNullException.ThrowIfNull(call);
        ArgumentNullException.ThrowIfNull(key);
        var keyed = keyedCalls.Of(call, key, tables.Webhooks, RequestParameters.None);
        call.ClientLeft.ThrowIfCancellationRequested();
        return keyed.RunAsync(() => hotRow.UntilDecidedAsync(() => TryAsync(keyed, key.PaymentServiceId, endpointId), CancellationToken.None));
    }

    private async Task<ApiAnswer?> TryAsync(KeyedCall keyed, string ownerId, string endpointId)
    {
        var recordRead = keyed.FindAnswerAsync();
        var endpointRead = endpoints.GetAsync(ownerId, endpointId, CancellationToken.None);
        var countRead = tables.Webhooks.GetEntityIfExistsAsync<TableEntity>(ownerId, WebhookEndpointRows.CountKey);
        if (await recordRead.BesideAsync(Task.WhenAll(endpointRead, countRead)) is { } replay)
        {
            return replay;
        }

        await endpointRead;
        var counted = await countRead;
        var now = clock.NowInMilliseconds();
        var answer = new ApiAnswer(204, default);
        var work = OutboxRow.OfDeletedEndpoint(ownerId, now, endpointId, now);
        // The work is the main row: inserted once, it tells our own first try from another's.
        var group = new EntityGroup(ids.NewWriteId())
            .Insert(work.ToEntity())
            .Delete(ownerId, WebhookEndpointRows.Key(endpointId))
            .Insert(GoneEndpointRows.Write(ownerId, endpointId, now))
            .Replace(WebhookEndpointRows.WriteCount(ownerId, WebhookEndpointRows.ReadCount(counted.Value) - 1), counted.Value!.ETag);
        keyed.AddTo(group, answer, now);
        if (await tables.Webhooks.SubmitAsync(group, CancellationToken.None) is WriteResult.Conflict)
        {
            return null;
        }

        endpoints.Forget(endpointId);
        await nudge.SendAsync(work);
        return answer;
    }
}
