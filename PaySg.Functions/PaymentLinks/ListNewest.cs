namespace PaySg.Functions.PaymentLinks;

/// <summary>
/// Lists an account's payment links, or the attempts on them, newest first. The first page reads the rows that it shows; pages behind it skip the keys of those
/// before. The total needs nothing more where the page is the last, else the count and the keys that it does not cover (<see cref="PaymentLinkCounts"/>).
/// </summary>
internal sealed class ListNewest(PaySgTables tables, PaymentLinkCounts counts)
{
    // What the table service returns at once.
    private const int KeysAtOnce = 1000;

    private static readonly string[] KeysOnly = ["RowKey"];

    /// <summary>A page.</summary>
    public async Task<NewestPage<T>> RunAsync<T>(
        string accountId, ListedRows listed, PaymentLinkPageRequest request, Func<TableEntity, T> read, CancellationToken cancellationToken)
    {
        var newest = await NewestAsync(accountId, listed, request.Skipped, cancellationToken);
        if (newest.Count < request.Skipped)
            return new NewestPage<T>([], newest.Count);

        var rows = await tables.PaymentLinks.FirstAsync(After(accountId, listed, newest), request.PerPage, cancellationToken);
        newest.AddRange(rows.Select(row => listed.IdOf(row.RowKey)));
        return new NewestPage<T>(
            [.. rows.Select(read)], rows.Count < request.PerPage ? newest.Count : await counts.TotalAsync(accountId, listed, newest, cancellationToken));
    }

    /// <summary>The ids of so many of the newest ones, or of all.</summary>
    private async Task<List<long>> NewestAsync(string accountId, ListedRows listed, int count, CancellationToken cancellationToken)
    {
        var newest = new List<long>(count);
        while (newest.Count < count)
        {
            var wanted = Math.Min(KeysAtOnce, count - newest.Count);
            var rows = await tables.PaymentLinks.FirstAsync(After(accountId, listed, newest), wanted, cancellationToken, KeysOnly);
            newest.AddRange(rows.Select(row => listed.IdOf(row.RowKey)));
            if (rows.Count < wanted)
                break;
        }

        return newest;
    }

    private static string After(string accountId, ListedRows listed, List<long> newest) => newest.Count == 0
        ? RowKeys.Prefix(accountId, listed.Prefix)
        : RowKeys.PrefixAfter(accountId, listed.Prefix, listed.Key(newest[^1]));
}
