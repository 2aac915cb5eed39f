using PaySg.Functions.Access;
using PaySg.Functions.Access.Accounts;
using PaySg.Functions.Access.Audit;
using PaySg.Functions.Platform.Idempotency;
using PaySg.Functions.Webhooks.Egress;
using PaySg.Functions.Webhooks.Endpoints;

namespace PaySg.Functions.Management.Accounts;

/// <summary>
/// Creates an account: first its webhook endpoint, then one transaction writes the account and, for a keyed request, its record. An endpoint that no
/// account followed is in nobody's way.
/// </summary>
internal sealed class CreateAccount(
    PaySgTables tables,
    WebhookEndpointStore endpoints,
    EgressPolicy egress,
    KeepLogo keepLogo,
    KeyedChange change,
    IdGenerator ids,
    TimeProvider clock,
    ILogger<CreateAccount> log)
{
    /// <summary>201 and the account.</summary>
    /// <exception cref="ApiException">400, or 409 (idempotency key used with other parameters).</exception>
    public async Task<ApiAnswer> RunAsync(ApiCall call, Actor by)
    {
        var wanted = await AccountChange.ReadAsync(await call.ReadFieldsAsync(), isNew: true, egress, call.ClientLeft);
        var id = ids.NewAccountId(clock.GetUtcNow());
        var logoPath = new Lazy<Task<string?>>(() => keepLogo.RunAsync(id, wanted.LogoUrl));
        return await change.RunAsync(call, by.InAccess(tables, AccessRows.Owners), wanted.Parameters, async (group, now) =>
        {
            var account = wanted.NewAccount(id, await logoPath.Value, now);
            var endpoint = WebhookEndpoint.OfAccount(account.Id, wanted.Url, now);
            await endpoints.AddAsync(endpoint, ids.NewWriteId(), CancellationToken.None);
            group
                .Insert(AccountRows.Write(account))
                .Audit(by, account.Id, now, AuditAction.AccountCreated, account.Id, AccountChange.Between(before: null, account));
            return new Decision(new ApiAnswer(201, AccountJson.Print(account, endpoint))).Then(() => Log.AccountCreated(log, account.Id));
        });
    }
}
