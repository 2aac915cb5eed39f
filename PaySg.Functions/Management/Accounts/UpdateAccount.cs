using PaySg.Functions.Access;
using PaySg.Functions.Access.Accounts;
using PaySg.Functions.Access.Audit;
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
    KeepLogo keepLogo,
    KeyedChange change,
    IdGenerator ids,
    ILogger<UpdateAccount> log)
{
    /// <summary>200 and the account.</summary>
    /// <exception cref="ApiException">400, 404, or 409 (idempotency key used with other parameters).</exception>
    public Task<ApiAnswer> RunAsync(ApiCall call, string accountId, Actor by) => RunAsync(call, accountId, isAsSeen: null, by);

    /// <summary>The same, unless the account has changed since it was seen.</summary>
    /// <param name="isAsSeen">Compares the account with what was seen; null: whatever it is.</param>
    /// <exception cref="ApiException">The same; <see cref="StaleForm"/> where it has changed.</exception>
    public async Task<ApiAnswer> RunAsync(ApiCall call, string accountId, Func<Account, bool>? isAsSeen, Actor by)
    {
        var wanted = await AccountChange.ReadAsync(await call.ReadFieldsAsync(), isNew: false, egress, call.ClientLeft);
        if (!AccountId.IsValid(accountId))
            throw ApiErrors.AccountNotFound();

        // Once, however often others write meanwhile; and not at all where the answer is repeated.
        var logoPath = new Lazy<Task<string?>>(() => keepLogo.RunAsync(accountId, wanted.LogoUrl));
        return await change.RunAsync(call, by.InAccess(tables, AccessRows.Owners), wanted.Parameters, ReadAsync, DecideAsync);

        async Task<(TableEntity Account, StoredWebhookEndpoint Endpoint)> ReadAsync(CancellationToken token)
        {
            var endpointRead = endpoints.FindAsync(accountId, WebhookEndpoint.IdOfAccount(accountId), token);
            var row = await accounts.FindRowAsync(accountId, token).BesideAsync(endpointRead) ?? throw ApiErrors.AccountNotFound();
            return (row, (await endpointRead)!);
        }

        async Task<Decision?> DecideAsync((TableEntity Account, StoredWebhookEndpoint Endpoint) stored, EntityGroup group, DateTimeOffset now)
        {
            var account = AccountRows.Read(stored.Account);
            StaleForm.ThrowUnless(isAsSeen, account);

            // A picture that is refused changes nothing.
            var logo = await logoPath.Value;
            var endpoint = stored.Endpoint.Endpoint;
            if (wanted.ChangesUrl)
            {
                endpoint = endpoint.PointAt(wanted.Url, now);
                if (!await TryPointAsync(endpoint, stored.Endpoint))
                    return null;
            }

            var changed = wanted.ApplyTo(account, logo) with { UpdatedAt = now };
            group
                .Replace(AccountRows.Write(changed), stored.Account.ETag)
                .AuditChanges(by, accountId, now, AuditAction.AccountUpdated, accountId, AccountChange.Between(account, changed));
            return new Decision(new ApiAnswer(200, AccountJson.Print(changed, endpoint))).Then(() =>
            {
                accounts.Forget(accountId);
                Log.AccountChanged(log, accountId, wanted.FieldNames);
            });
        }
    }

    private async Task<bool> TryPointAsync(WebhookEndpoint endpoint, StoredWebhookEndpoint asRead)
    {
        var group = new EntityGroup(ids.NewWriteId()).Replace(WebhookEndpointRows.Write(endpoint), asRead.Version);
        if (await tables.Webhooks.SubmitAsync(group, CancellationToken.None) is WriteResult.Conflict)
            return false;

        endpoints.Forget(endpoint.Id);
        return true;
    }
}
