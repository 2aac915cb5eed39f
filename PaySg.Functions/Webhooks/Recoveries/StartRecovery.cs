using PaySg.Functions.Access;
using PaySg.Functions.Access.Audit;
using PaySg.Functions.Platform.Idempotency;
using PaySg.Functions.Platform.Outbox;
using PaySg.Functions.Webhooks.Endpoints;

namespace PaySg.Functions.Webhooks.Recoveries;

/// <summary>
/// Starts a recovery: its row and an outbox row in one transaction, the rest is done behind the queue. A third row, gone when it ends, keeps others from
/// starting at the same endpoint meanwhile: each would send again what the one before has sent just now.
/// </summary>
internal sealed class StartRecovery(PaySgTables tables, WebhookEndpointStore endpoints, KeyedChange change, IdGenerator ids)
{
    /// <summary>202 and the recovery.</summary>
    /// <exception cref="ApiException">400, 402 where the endpoint is disabled, 404, 409.</exception>
    public async Task<ApiAnswer> RunAsync(ApiCall call, Caller caller, string endpointId)
    {
        var fields = await call.ReadFieldsAsync();
        var since = fields.OptionalTime("since");
        var until = fields.OptionalTime("until");
        if (since is null && fields.Errors.Count == 0)
            fields.Wrong("since", RequestTime.Expected);

        if (until < since)
            fields.Wrong("until", "must not be before since.");

        fields.ThrowIfInvalid();
        return await change.RunAsync(
            call,
            caller.At(tables.Webhooks),
            new RequestParameters().With("since", since).With("until", until).OnceWrittenAs($"{since:O}\n{until:O}"),
            read: token => endpoints.GetAsync(caller.OwnerId, endpointId, token),
            decide: (stored, group, now) => Decide(stored.Endpoint, caller.By, group, now, since!.Value, until));
    }

    private Decision Decide(WebhookEndpoint endpoint, Actor by, EntityGroup group, DateTimeOffset now, DateTimeOffset since, DateTimeOffset? until)
    {
        if (!endpoint.Enabled)
            throw ApiErrors.WebhookEndpointDisabled();

        var recovery = new Recovery
        {
            Id = ids.NewRecoveryId(now),
            OwnerId = endpoint.OwnerId,
            EndpointId = endpoint.Id,
            Since = since,
            Until = until < now ? until.Value : now,
            IsAlone = true,
        };
        group.Insert(RecoveryRows.Write(recovery))
            .Insert(new OutboxRow(endpoint.OwnerId, now, OutboxKind.Recovery, OutboxSubject.Of(endpoint.Id, recovery.Id)).ToEntity())
            .Insert(RecoveryRows.WriteRunning(recovery))
            .Audit(by, endpoint.OwnerId, now, AuditAction.RecoveryStarted, recovery.Id, AuditChange.Set("endpoint_id", endpoint.Id));
        return new Decision(RecoveryJson.Answer(202, recovery)) { WhenLost = () => ThrowIfRunningAsync(endpoint) };
    }

    /// <exception cref="ApiException">409: a recovery of the endpoint is running.</exception>
    private async Task ThrowIfRunningAsync(WebhookEndpoint endpoint)
    {
        var running = await tables.Webhooks.FindAsync(endpoint.OwnerId, RecoveryRows.RunningKey(endpoint.Id));
        if (running is not null)
            throw ApiErrors.RecoveryRunning(RecoveryRows.ReadRunning(running));
    }
}
