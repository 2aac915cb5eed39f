using Azure;
using PaySg.Functions.Platform.Outbox;

namespace PaySg.Functions.Access;

/// <summary>
/// The names of the keys that stored secrets are encrypted under: one row each, in a partition of its own. By it one query tells whether a key is missing
/// from the settings, where a look at every secret would take minutes. Only names stand in it.
/// </summary>
internal sealed class SecretKeyRegister(PaySgTables tables, AccessSettings settings, IdGenerator ids) : ISweepStart
{
    private const string Partition = "secret-keys";
    private const string Prefix = "key:";
    private bool isCurrentListed;

    /// <summary>A query of all rows.</summary>
    public static string Filter { get; } = RowKeys.Prefix(Partition, Prefix);

    /// <summary>The key's name.</summary>
    public static string NameOf(TableEntity row) => row.RowKey[Prefix.Length..];

    /// <summary>What is wrong with the settings where rows name these keys; null: nothing.</summary>
    public string? ProblemOf(IEnumerable<string> names)
    {
        var missing = names.Where(name => name != settings.CurrentSecretKey.Name && name != settings.PreviousSecretKey?.Name).ToList();
        return missing.Count == 0 ? null
            : $"Stored secrets are encrypted under {string.Join(", ", missing.Select(name => $"'{name}'"))}, and neither PaySg__Secrets__CurrentKey nor PaySg__Secrets__PreviousKey has that name. Set the key that had it as PaySg__Secrets__PreviousKey until the housekeeping has re-encrypted all secrets.";
    }

    public string Subject => "the register of keys";

    /// <summary>Lists the current key, once in the life of a process, so that it is missed where the settings lose it.</summary>
    public async Task BeforeSweepAsync(CancellationToken cancellationToken)
    {
        if (!isCurrentListed)
        {
            await ListAsync(settings.CurrentSecretKey.Name, cancellationToken);
            isCurrentListed = true;
        }
    }

    public Task ListAsync(string name, CancellationToken cancellationToken) =>
        tables.Access.PutAsync(new TableEntity(Partition, Prefix + name) { [EntityGroup.WriteIdColumn] = ids.NewWriteId() }, cancellationToken);

    /// <summary>Takes those off the list that no secret is under any more. The current key stays.</summary>
    public async Task KeepAsync(IReadOnlySet<string> used, CancellationToken cancellationToken)
    {
        await foreach (var row in tables.Access.QueryAsync<TableEntity>(Filter, select: ["PartitionKey", "RowKey"], cancellationToken: cancellationToken))
        {
            if (NameOf(row) is var name && name != settings.CurrentSecretKey.Name && !used.Contains(name))
                await tables.Access.DeleteEntityAsync(Partition, row.RowKey, ETag.All, cancellationToken);
        }
    }
}
