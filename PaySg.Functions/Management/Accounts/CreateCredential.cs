using PaySg.Functions.Access;
using PaySg.Functions.Access.Accounts;
using PaySg.Functions.Access.Audit;
using PaySg.Functions.Platform.Idempotency;

namespace PaySg.Functions.Management.Accounts;

/// <summary>
/// Issues a credential. Its secret is shown in this one answer; a repetition of a keyed request shows null, and whoever did not get the first
/// answer revokes the credential and issues another.
/// </summary>
internal sealed class CreateCredential(
    PaySgTables tables, AccountStore accounts, CredentialStore credentials, KeyedChange change, IdGenerator ids, ILogger<CreateCredential> log)
{
    private const int MaxLabel = 100;

    /// <summary>201 and the credential with its secret.</summary>
    /// <exception cref="ApiException">400, 404 (account), or 409 (idempotency key used with other parameters).</exception>
    public async Task<ApiAnswer> RunAsync(ApiCall call, string accountId, Actor by)
    {
        var fields = await call.ReadFieldsAsync();
        var label = fields.RequiredText("label", MaxLabel);
        fields.ThrowIfInvalid();
        if (!AccountId.IsValid(accountId))
            throw ApiErrors.AccountNotFound();

        var parameters = new RequestParameters().With("label", label).OnceWrittenAs(label!);
        return await change.RunAsync(call, by.InAccess(tables, accountId), parameters, token => accounts.FindAsync(accountId, token), Decide);

        Decision Decide(Account? account, EntityGroup group, DateTimeOffset now)
        {
            if (account is null)
                throw ApiErrors.AccountNotFound();

            var credential = credentials.Prepare(accountId, label!);
            var secret = ids.NewClientSecret();
            group
                .Insert(AccountRows.WriteListed(credential))
                .Audit(by, accountId, now, AuditAction.CredentialCreated, credential.ClientId, AuditChange.Set("label", credential.Label));
            return new Decision(new ApiAnswer(201, CredentialJson.PrintIssued(credential, secret)))
            {
                Recorded = new ApiAnswer(201, CredentialJson.PrintIssued(credential, secret: null)),
                Afterwards = async () =>
                {
                    await credentials.LetInAsync(credential, secret);
                    Log.CredentialIssued(log, credential.ClientId, accountId);
                },
            };
        }
    }
}
