namespace PaySg.Functions.Access.Accounts;

internal sealed class AccountStore(PaySgTables tables, AccessCache cache)
{
    /// <summary>The account as it is now, or null.</summary>
    public async Task<Account?> FindAsync(string id, CancellationToken cancellationToken) =>
        await FindRowAsync(id, cancellationToken) is { } row ? AccountRows.Read(row) : null;

    /// <summary>The account as it was at most <see cref="AccessCache.Lifetime"/> ago, or null.</summary>
    public Task<Account?> RecallAsync(string id, CancellationToken cancellationToken) =>
        cache.GetAsync(AccountRows.Key(id), AccessCache.Lifetime, () => FindAsync(id, cancellationToken));

    /// <summary>Makes the next call read the account again; other processes do so within <see cref="AccessCache.Lifetime"/>.</summary>
    public void Forget(string id) => cache.Forget(AccountRows.Key(id));

    /// <summary>One page of the accounts and one more, where there is one, in the order of their ids: the oldest first.</summary>
    public async Task<IReadOnlyList<Account>> ListAsync(int limit, string? after, CancellationToken cancellationToken)
    {
        var filter = after is null
            ? RowKeys.Prefix(AccessRows.Owners, AccountRows.Prefix)
            : RowKeys.PrefixAfter(AccessRows.Owners, AccountRows.Prefix, AccountRows.Key(after));
        return [.. (await tables.Access.FirstAsync(filter, limit + 1, cancellationToken)).Select(AccountRows.Read)];
    }

    /// <summary>Saves an account, whether it is there already or not.</summary>
    public async Task SaveAsync(Account account, CancellationToken cancellationToken) =>
        await tables.Access.PutAsync(AccountRows.Write(account), cancellationToken);

    /// <summary>The account's row, whose version a change must name; or null.</summary>
    internal async Task<TableEntity?> FindRowAsync(string id, CancellationToken cancellationToken)
    {
        if (!AccountId.IsValid(id))
            return null;

        return await tables.Access.FindAsync(AccessRows.Owners, AccountRows.Key(id), cancellationToken);
    }
}
