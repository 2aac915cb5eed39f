using PaySg.Functions.Access;
using PaySg.Functions.Access.Accounts;
using PaySg.Functions.Platform.Idempotency;
using PaySg.Functions.Webhooks.Egress;
using PaySg.Functions.Webhooks.Endpoints;

namespace PaySg.Functions.Management.Accounts;

/// <summary>
/// Creates an account: first its webhook endpoint, then one transaction writes the account and, for a keyed request, its record. An endpoint that no
/// account followed is in nobody's way.
/// </summary>
internal sealed class CreateAccount(
    PaySgTables tables, WebhookEndpointStore endpoints, EgressPolicy egress, IdGenerator ids, TimeProvider clock, ILogger<CreateAccount> log)
{
    /// <summary>201 and the account.</summary>
    /// <exception cref="ApiException">400, or 409 (idempotency key used with other parameters).</exception>
    public async Task<ApiAnswer> RunAsync(ApiCall call)
    {
        var change = await AccountChange.ReadAsync(await call.ReadFieldsAsync(), isNew: true, egress, call.ClientLeft);
        var keyed = IdempotentRequest.From(call.Request, ManagementGate.CallerId, RequestParameters.OfForm(change.ToCanonicalBytes()));
        if (await tables.Access.FindRecordAsync(AccessRows.Owners, keyed, call.ClientLeft) is { } record)
            return IdempotencyRecords.AnswerOf(record, keyed!)!;

        var now = clock.NowInMilliseconds();
        var account = change.ApplyTo(new Account
        {
            Id = ids.NewAccountId(now),
            Name = change.Name,
            Email = change.Email,
            Phone = change.Phone,
            CreatedAt = now,
            UpdatedAt = now,
        });
        var endpoint = WebhookEndpoint.OfAccount(account.Id, change.Url, now);
        var answer = new ApiAnswer(201, AccountJson.Print(account, endpoint));
        await endpoints.SaveAsync(endpoint, CancellationToken.None);

        var group = new EntityGroup(ids.NewWriteId());
        if (keyed is not null)
            group.InsertRecord(keyed, AccessRows.Owners, answer, now);

        group.Insert(AccountRows.Write(account));
        if (await tables.Access.SubmitAsync(group, CancellationToken.None) is WriteResult.Conflict conflict)
        {
            return (keyed is null ? null : IdempotencyRecords.AnswerOf(conflict.Main, keyed))
                ?? throw new InvalidOperationException($"The new account id {account.Id} is taken.");
        }

        Log.AccountCreated(log, account.Id);
        return answer;
    }
}
