using Azure.Data.Tables;
using PaySg.Functions.Access;
using PaySg.Functions.Platform.Errors;
using PaySg.Functions.Platform.Http;
using PaySg.Functions.Platform.Idempotency;
using PaySg.Functions.Platform.Ids;
using PaySg.Functions.Platform.Json;
using PaySg.Functions.Platform.Outbox;
using PaySg.Functions.Platform.Storage;
using PaySg.Functions.Webhooks.Endpoints;

namespace PaySg.Functions.Webhooks.Recoveries;

/// <summary>
/// Starts a recovery: its row and an outbox row in one transaction, the rest is done behind the queue. A third row, gone when it ends, keeps others from
/// starting at the same endpoint meanwhile: each would send again what the one before has sent just now.
/// </summary>
public sealed class StartRecovery(
    PaySgTables tables, WebhookEndpointStore endpoints, KeyedCalls keyedCalls, HotRowRetry hotRow, OutboxNudge nudge, IdGenerator ids, TimeProvider clock)
{
    /// <summary>202 and the recovery.</summary>
    /// <exception cref="ApiException">400, 402 where the endpoint is disabled, 404, 409.</exception>
    public async Task<ApiAnswer> RunAsync(ApiCall call, Caller caller, string endpointId)
    {
        ArgumentNullException.ThrowIfNull(call);
        ArgumentNullException.ThrowIfNull(caller);
        var fields = await call.ReadFieldsAsync();
        var since = fields.OptionalTime("since");
        var until = fields.OptionalTime("until");
        if (since is null && fields.Errors.Count == 0)
        {
            fields.Wrong("since", RequestTime.Expected);
        }

        if (until < since)
        {
            fields.Wrong("until", "must not be before since.");
        }

        fields.ThrowIfInvalid();
        var keyed = keyedCalls.Of(
            call,
            caller.Id,
            new KeyedCalls.Place(tables.Webhooks, caller.OwnerId),
            new RequestParameters().With("since", since).With("until", until).OnceWrittenAs($"{since:O}\n{until:O}"));
        call.ClientLeft.ThrowIfCancellationRequested();
        return await keyed.RunAsync(
            () => hotRow.UntilDecidedAsync(() => TryAsync(keyed, caller.OwnerId, endpointId, since!.Value, until), CancellationToken.None));
    }

    private async Task<ApiAnswer?> TryAsync(KeyedCall keyed, string ownerId, string endpointId, DateTimeOffset since, DateTimeOffset? until)
    {
        var recordRead = keyed.FindAnswerAsync();
        var endpointRead = endpoints.GetAsync(ownerId, endpointId, CancellationToken.None);
        if (await recordRead.BesideAsync(endpointRead) is { } replay)
        {
            return replay;
        }

        if (!(await endpointRead).Endpoint.Enabled)
        {
            throw ApiErrors.WebhookEndpointDisabled();
        }

        var now = clock.NowInMilliseconds();
        var recovery = new Recovery
        {
            Id = ids.NewRecoveryId(now),
            OwnerId = ownerId,
            EndpointId = endpointId,
            Since = since,
            Until = until < now ? until.Value : now,
            IsAlone = true,
        };
        var work = new OutboxRow(ownerId, now, OutboxKind.Recovery, OutboxSubject.Of(endpointId, recovery.Id));
        var answer = RecoveryJson.Answer(202, recovery);
        var group = new EntityGroup(ids.NewWriteId())
            .Insert(RecoveryRows.Write(recovery))
            .Insert(work.ToEntity())
            .Insert(RecoveryRows.WriteRunning(recovery));
        keyed.AddTo(group, answer, now);
        if (await tables.Webhooks.SubmitAsync(group, CancellationToken.None) is WriteResult.Conflict)
        {
            return await ReplayAsync(keyed, ownerId, endpointId);
        }

        await nudge.SendAsync(work);
        return answer;
    }

    /// <summary>The answer of an earlier request with the same key; null where what stood in the way is gone.</summary>
    /// <exception cref="ApiException">409: a recovery of the endpoint is running.</exception>
    private async Task<ApiAnswer?> ReplayAsync(KeyedCall keyed, string ownerId, string endpointId)
    {
        if (await keyed.FindAnswerAsync() is { } replay)
        {
            return replay;
        }

        var running = await tables.Webhooks.GetEntityIfExistsAsync<TableEntity>(ownerId, RecoveryRows.RunningKey(endpointId));
        return running.HasValue ? throw ApiErrors.RecoveryRunning(RecoveryRows.ReadRunning(running.Value!)) : null;
    }
}
