using PaySg.Functions.Storage;

namespace PaySg.Functions.PaymentLinks;

/// <summary>
/// Lists payment links, newest first. The first page reads the rows that it shows; pages behind it skip the keys of those before. The total needs nothing
/// more where the page is the last, else the count and the keys that it does not cover (<see cref="PaymentLinkCounts"/>).
/// </summary>
public sealed class ListPaymentLinks(PaySgTables tables, PaymentLinkCounts counts)
{
    // What the table service returns at once.
    private const int KeysAtOnce = 1000;

    private static readonly string[] KeysOnly = ["RowKey"];

    /// <summary>A page.</summary>
    public async Task<PaymentLinkPage> RunAsync(string accountId, PaymentLinkPageRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var newest = await NewestAsync(accountId, request.Skipped, cancellationToken);
        if (newest.Count < request.Skipped)
        {
            return new PaymentLinkPage([], newest.Count);
        }

        var rows = await tables.PaymentLinks.FirstAsync(After(accountId, newest), request.PerPage, cancellationToken);
        var links = rows.Select(PaymentLinkRows.Read).ToList();
        newest.AddRange(links.Select(link => link.Id));
        return new PaymentLinkPage(
            links, links.Count < request.PerPage ? newest.Count : await counts.TotalAsync(accountId, newest, cancellationToken));
    }

    /// <summary>The ids of so many of the newest links, or of all.</summary>
    private async Task<List<long>> NewestAsync(string accountId, int count, CancellationToken cancellationToken)
    {
        var newest = new List<long>(count);
        while (newest.Count < count)
        {
            var wanted = Math.Min(KeysAtOnce, count - newest.Count);
            var rows = await tables.PaymentLinks.FirstAsync(After(accountId, newest), wanted, cancellationToken, KeysOnly);
            newest.AddRange(rows.Select(row => PaymentLinkRows.IdOfKey(row.RowKey)));
            if (rows.Count < wanted)
            {
                break;
            }
        }

        return newest;
    }

    private static string After(string accountId, List<long> newest) => newest.Count == 0
        ? RowKeys.Prefix(accountId, PaymentLinkRows.Prefix)
        : RowKeys.PrefixAfter(accountId, PaymentLinkRows.Prefix, PaymentLinkRows.Key(newest[^1]));
}
