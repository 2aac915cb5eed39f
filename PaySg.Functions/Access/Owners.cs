using System.Runtime.CompilerServices;
using PaySg.Functions.Access.Accounts;
using PaySg.Functions.Platform.Outbox;

namespace PaySg.Functions.Access;

/// <summary>All who own events, endpoints and work to be done: payment services, accounts, and the gateway with its notices.</summary>
internal sealed class Owners(PaySgTables tables) : IOwners
{
    public async IAsyncEnumerable<string> IdsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return OwnerIds.Gateway;
        await foreach (var rowKey in KeysAsync(AccessRows.ServicePrefix, cancellationToken))
        {
            yield return rowKey;
        }

        await foreach (var rowKey in KeysAsync(AccountRows.Prefix, cancellationToken))
        {
            yield return AccountRows.IdOf(rowKey);
        }
    }

    // By two ranges: records of idempotency keys stand between them.
    private async IAsyncEnumerable<string> KeysAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var filter = RowKeys.Prefix(AccessRows.Owners, prefix);
        await foreach (var row in tables.Access.QueryAsync<TableEntity>(filter, select: ["RowKey"], cancellationToken: cancellationToken))
        {
            yield return row.RowKey;
        }
    }
}
