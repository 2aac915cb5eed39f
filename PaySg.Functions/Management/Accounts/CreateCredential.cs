using PaySg.Functions.Access;
using PaySg.Functions.Access.Accounts;
using PaySg.Functions.Platform.Idempotency;

namespace PaySg.Functions.Management.Accounts;

/// <summary>
/// Issues a credential. Its secret is shown in this one answer; a repetition of a keyed request shows null, and whoever did not get the first
/// answer revokes the credential and issues another.
/// </summary>
internal sealed class CreateCredential(
    PaySgTables tables, AccountStore accounts, CredentialStore credentials, IdGenerator ids, ILogger<CreateCredential> log)
{
    private const int MaxLabel = 100;

    /// <summary>201 and the credential with its secret.</summary>
    /// <exception cref="ApiException">400, 404 (account), or 409 (idempotency key used with other parameters).</exception>
    public async Task<ApiAnswer> RunAsync(ApiCall call, string accountId)
    {
        var fields = await call.ReadFieldsAsync();
        var label = fields.RequiredText("label", MaxLabel);
        fields.ThrowIfInvalid();
        var keyed = IdempotentRequest.From(call.Request, ManagementGate.CallerId, new RequestParameters().With("label", label).OnceWrittenAs(label!));
        if (!AccountId.IsValid(accountId))
            throw ApiErrors.AccountNotFound();

        var recordRead = tables.Access.FindRecordAsync(accountId, keyed, call.ClientLeft);
        _ = await accounts.FindAsync(accountId, call.ClientLeft).BesideAsync(recordRead) ?? throw ApiErrors.AccountNotFound();
        if (await recordRead is { } record)
            return IdempotencyRecords.AnswerOf(record, keyed!)!;

        var credential = credentials.Prepare(accountId, label!);
        var secret = ids.NewClientSecret();
        var group = new EntityGroup(ids.NewWriteId());
        if (keyed is not null)
            group.InsertRecord(keyed, accountId, new ApiAnswer(201, CredentialJson.PrintIssued(credential, secret: null)), credential.CreatedAt);

        if (await credentials.IssueAsync(credential, secret, group) is { } conflict)
        {
            return (keyed is null ? null : IdempotencyRecords.AnswerOf(conflict.Main, keyed))
                ?? throw new InvalidOperationException($"The new client id {credential.ClientId} is taken.");
        }

        Log.CredentialIssued(log, credential.ClientId, accountId);
        return new ApiAnswer(201, CredentialJson.PrintIssued(credential, secret));
    }
}
