using Azure.Data.Tables;
using PaySg.Functions.PaymentLinks.Attempts;
using PaySg.Functions.Singapay;
using PaySg.Functions.Storage;

namespace PaySg.Functions.PaymentLinks.Histories;

/// <summary>
/// Lists the attempts on an account's payment links. The newest, whatever they are, are read page by page; any filter or other order reads all attempts of
/// <c>created_at_from</c> to <c>created_at_to</c>, up to <see cref="Longest"/> of them.
/// </summary>
public sealed class ListHistories(PaySgTables tables, ListNewest listNewest)
{
    /// <summary>How many attempts are read at most to be filtered and sorted.</summary>
    public const int Longest = 10_000;

    /// <summary>A page, and the total of what the filters leave.</summary>
    /// <exception cref="Errors.ApiException">422: the range holds more than <see cref="Longest"/> attempts.</exception>
    public async Task<NewestPage<LinkAttempt>> RunAsync(string accountId, HistoryQuery query, DateTimeOffset now, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        if (query.IsNewest)
        {
            return await listNewest.RunAsync(accountId, ListedRows.Histories, query.Page, LinkAttemptRows.Read, cancellationToken);
        }

        var found = (await RangeAsync(accountId, query.Filter.CreatedAt, cancellationToken)).FindAll(attempt => query.Filter.Matches(attempt, now));
        return new NewestPage<LinkAttempt>([.. InOrder(found, query).Skip(query.Page.Skipped).Take(query.Page.PerPage)], found.Count);
    }

    private async Task<List<LinkAttempt>> RangeAsync(string accountId, TimeSpanOfSeconds created, CancellationToken cancellationToken)
    {
        var attempts = new List<LinkAttempt>();
        await foreach (var row in tables.PaymentLinks.QueryAsync<TableEntity>(LinkAttemptRows.Range(accountId, created.Begin, created.End), cancellationToken: cancellationToken))
        {
            if (attempts.Count == Longest)
            {
                throw SingapayErrors.Invalid(
                    "created_at_from", $"More than {Longest} histories are in this range, which is too many to filter or sort. Ask for a narrower range of created_at_from and created_at_to.");
            }

            attempts.Add(LinkAttemptRows.Read(row));
        }

        return attempts;
    }

    private static IOrderedEnumerable<LinkAttempt> InOrder(IEnumerable<LinkAttempt> attempts, HistoryQuery query)
    {
        Func<LinkAttempt, (long, long)> key = query.Sort switch
        {
            HistorySort.Amount => attempt => (attempt.Amount, attempt.Id),
            HistorySort.PaymentDate => attempt => (attempt.PaidAt?.UtcTicks ?? 0, attempt.Id),
            _ => attempt => (attempt.Id, 0),
        };
        return query.IsAscending ? attempts.OrderBy(key) : attempts.OrderByDescending(key);
    }
}
