using PaySg.Functions.Access;
using PaySg.Functions.Access.Accounts;
using PaySg.Functions.Platform.Idempotency;
using PaySg.Functions.Webhooks.Egress;
using PaySg.Functions.Webhooks.Endpoints;

namespace PaySg.Functions.Management.Accounts;

/// <summary>
/// Changes an account: the fields that the request has, on top of whatever others wrote meanwhile. Where the URL of its webhooks changes, the endpoint
/// is written first and the account after it: who loses writes both again, so the two agree in the end.
/// </summary>
internal sealed class UpdateAccount(
    PaySgTables tables,
    AccountStore accounts,
    WebhookEndpointStore endpoints,
    EgressPolicy egress,
    HotRowRetry retry,
    IdGenerator ids,
    TimeProvider clock,
    ILogger<UpdateAccount> log)
{
    /// <summary>200 and the account.</summary>
    /// <exception cref="ApiException">400, 404, or 409 (idempotency key used with other parameters).</exception>
    public async Task<ApiAnswer> RunAsync(ApiCall call, string accountId)
    {
        var change = await AccountChange.ReadAsync(await call.ReadFieldsAsync(), isNew: false, egress, call.ClientLeft);
        var keyed = IdempotentRequest.From(call.Request, ManagementGate.CallerId, RequestParameters.OfForm(change.ToCanonicalBytes()));
        if (!AccountId.IsValid(accountId))
            throw ApiErrors.AccountNotFound();

        call.ClientLeft.ThrowIfCancellationRequested();
        return await retry.UntilDecidedAsync(() => TryAsync(accountId, change, keyed), CancellationToken.None);
    }

    private async Task<ApiAnswer?> TryAsync(string accountId, AccountChange change, IdempotentRequest? keyed)
    {
        var accountRead = accounts.FindRowAsync(accountId, CancellationToken.None);
        var endpointRead = endpoints.FindAsync(accountId, WebhookEndpoint.IdOfAccount(accountId), CancellationToken.None);
        var recordRead = tables.Access.FindRecordAsync(AccessRows.Owners, keyed, CancellationToken.None);
        if (await recordRead.BesideAsync(Task.WhenAll(accountRead, endpointRead)) is { } record)
            return IdempotencyRecords.AnswerOf(record, keyed!);

        var row = await accountRead ?? throw ApiErrors.AccountNotFound();
        var now = clock.NowInMilliseconds();
        var stored = (await endpointRead)!;
        var endpoint = change.ChangesUrl ? stored.Endpoint.PointAt(change.Url, now) : stored.Endpoint;
        if (change.ChangesUrl && !await TryPointAsync(endpoint, stored))
            return null;

        var changed = change.ApplyTo(AccountRows.Read(row)) with { UpdatedAt = now };
        var answer = new ApiAnswer(200, AccountJson.Print(changed, endpoint));
        return await TrySaveAsync(changed, row, answer, keyed) switch
        {
            WriteResult.Conflict conflict => keyed is null ? null : IdempotencyRecords.AnswerOf(conflict.Main, keyed),
            _ => Told(accountId, change, answer),
        };
    }

    private async Task<bool> TryPointAsync(WebhookEndpoint endpoint, StoredWebhookEndpoint asRead)
    {
        var group = new EntityGroup(ids.NewWriteId()).Replace(WebhookEndpointRows.Write(endpoint), asRead.Version);
        if (await tables.Webhooks.SubmitAsync(group, CancellationToken.None) is WriteResult.Conflict)
            return false;

        endpoints.Forget(endpoint.Id);
        return true;
    }

    private Task<WriteResult> TrySaveAsync(Account changed, TableEntity asRead, ApiAnswer answer, IdempotentRequest? keyed)
    {
        var group = new EntityGroup(ids.NewWriteId());
        if (keyed is not null)
            group.InsertRecord(keyed, AccessRows.Owners, answer, changed.UpdatedAt);

        group.Replace(AccountRows.Write(changed), asRead.ETag);
        return tables.Access.SubmitAsync(group, CancellationToken.None);
    }

    private ApiAnswer Told(string accountId, AccountChange change, ApiAnswer answer)
    {
        accounts.Forget(accountId);
        Log.AccountChanged(log, accountId, change.FieldNames);
        return answer;
    }
}
