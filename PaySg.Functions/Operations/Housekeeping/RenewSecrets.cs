using System.Security.Cryptography;
using PaySg.Functions.Access;
using PaySg.Functions.Access.Accounts;
using PaySg.Functions.Platform.Outbox;
using PaySg.Functions.Webhooks.Endpoints;

namespace PaySg.Functions.Operations.Housekeeping;

/// <summary>
/// Re-encrypts each stored secret that is under another key than the current one, or in an older form. When a run has left nothing behind under a key, that
/// key may be taken out of the settings.
/// </summary>
internal sealed class RenewSecrets(
    PaySgTables tables, IOwners owners, SecretProtector protector, SecretKeyRegister register, IdGenerator ids, TimeProvider clock, ILogger<RenewSecrets> log)
{
    /// <summary>Goes through all owners. One owner's fault does not stop the others, but then no key leaves the list.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var run = new Run();
        await foreach (var ownerId in owners.IdsAsync(cancellationToken))
        {
            try
            {
                await RenewWebhooksAsync(run, ownerId, cancellationToken);
                await RenewCredentialsAsync(run, ownerId, cancellationToken);
            }
            catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
            {
                run.IsWhole = false;
                Log.HousekeepingFailed(log, ownerId, fault);
            }
        }

        foreach (var name in run.LeftUnder)
            await register.ListAsync(name, cancellationToken);

        if (run.IsWhole)
            await register.KeepAsync(run.LeftUnder, cancellationToken);

        Log.SecretsRenewed(log, run.Renewed, run.Left);
    }

    private async Task RenewWebhooksAsync(Run run, string ownerId, CancellationToken cancellationToken)
    {
        await foreach (var row in tables.Webhooks.QueryAsync<TableEntity>(RowKeys.Prefix(ownerId, WebhookEndpointRows.Prefix), cancellationToken: cancellationToken))
        {
            var place = SecretPlace.OfWebhook(ownerId, row.GetString("id"));
            var isOver = row.GetDateTimeOffset(WebhookEndpointRows.PreviousSecretExpiresAt) < clock.GetUtcNow();
            await WriteAsync(run, tables.Webhooks, row, place, cancellationToken, WebhookEndpointRows.Secret, isOver ? null : WebhookEndpointRows.PreviousSecret);
        }
    }

    private async Task RenewCredentialsAsync(Run run, string ownerId, CancellationToken cancellationToken)
    {
        if (OwnerIds.KindOf(ownerId) == OwnerKind.PaymentService)
            return;

        await foreach (var listed in tables.Access.QueryAsync<TableEntity>(RowKeys.Prefix(ownerId, AccountRows.CredentialPrefix), cancellationToken: cancellationToken))
        {
            var partition = AccountRows.ClientPartition(AccountRows.ReadCredential(listed).ClientId);
            var found = await tables.Access.FindAsync(partition, AccountRows.Client, cancellationToken);
            if (found is not null && !AccountRows.IsRevoked(found))
                await WriteAsync(run, tables.Access, found, SecretPlace.OfClient(ownerId, partition), cancellationToken, AccountRows.Secret);
        }
    }

    /// <summary>Rewrites the columns of a row that need it. Where somebody else changes the row meanwhile, the next run looks again.</summary>
    private async Task WriteAsync(Run run, TableClient table, TableEntity row, SecretPlace place, CancellationToken cancellationToken, params string?[] columns)
    {
        var change = new TableEntity(row.PartitionKey, row.RowKey);
        var renewed = new List<string>();
        foreach (var column in columns.OfType<string>())
        {
            if (row.GetString(column) is not { } ciphertext || protector.IsCurrent(ciphertext))
                continue;

            var name = SecretProtector.KeyNameOf(ciphertext);
            try
            {
                change[column] = protector.Protect(protector.Unprotect(ciphertext, place), place);
                renewed.Add(name);
            }
            catch (CryptographicException fault)
            {
                run.Leave(name);
                Log.SecretUnreadable(log, place.RowId, place.OwnerId, name, fault);
            }
        }

        if (renewed.Count == 0)
            return;

        if (await table.SubmitAsync(new EntityGroup(ids.NewWriteId()).Merge(change, row.ETag), cancellationToken) is WriteResult.Committed)
        {
            run.Renewed += renewed.Count;
        }
        else
        {
            renewed.ForEach(run.Leave);
        }
    }

    private sealed class Run
    {
        public HashSet<string> LeftUnder { get; } = new(StringComparer.Ordinal);

        public int Renewed { get; set; }

        public int Left { get; private set; }

        public bool IsWhole { get; set; } = true;

        public void Leave(string keyName)
        {
            Left++;
            LeftUnder.Add(keyName);
        }
    }
}
