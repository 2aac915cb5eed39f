using PaySg.Functions.PaymentLinks.Attempts;

namespace PaySg.Functions.PaymentLinks.Histories;

/// <summary>
/// Lists the attempts on an account's payment links. The newest, whatever they are, are read page by page; any filter or other order reads the attempts of
/// <c>created_at_from</c> to <c>created_at_to</c>, the newest <see cref="Longest"/> of them at most. Strangers can add attempts, so a long range is no error.
/// </summary>
internal sealed class ListHistories(PaySgTables tables, ListNewest listNewest)
{
    /// <summary>How many attempts are read at most to be filtered and sorted.</summary>
    public const int Longest = 50_000;

    /// <summary>The same, for tests that cannot wait for so many.</summary>
    internal int LongestHere { get; init; } = Longest;

    /// <summary>A page, and the total of what the filters leave.</summary>
    public async Task<HistoryPage> RunAsync(string accountId, HistoryQuery query, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (query.IsNewest)
            return new HistoryPage(await listNewest.RunAsync(accountId, ListedRows.Histories, query.Page, LinkAttemptRows.Read, cancellationToken), IsCut: false);

        var wanted = query.Page.Skipped + query.Page.PerPage;
        var first = new FirstInOrder(query, wanted);
        var (seen, total) = (0, 0);
        var range = LinkAttemptRows.Range(accountId, query.Filter.CreatedAt.Begin, query.Filter.CreatedAt.End);
        await foreach (var row in tables.PaymentLinks.QueryAsync<TableEntity>(range, cancellationToken: cancellationToken))
        {
            if (++seen > LongestHere)
                break;

            var attempt = LinkAttemptRows.Read(row);
            if (query.Filter.Matches(attempt, now))
            {
                total++;
                first.Add(attempt);
            }
        }

        return new HistoryPage(new NewestPage<LinkAttempt>([.. first.Take().Skip(query.Page.Skipped)], total), IsCut: seen > LongestHere);
    }

    /// <summary>The first so many of attempts in the order of a query: no more than those are kept, however many come.</summary>
    private sealed class FirstInOrder(HistoryQuery query, int count)
    {
        // The last of those that are kept comes out first.
        private readonly PriorityQueue<LinkAttempt, (long, long)> kept =
            new(query.IsAscending ? Comparer<(long, long)>.Create(static (one, other) => other.CompareTo(one)) : Comparer<(long, long)>.Default);

        public void Add(LinkAttempt attempt)
        {
            var key = query.Sort switch
            {
                HistorySort.Amount => (attempt.Amount, attempt.Id),
                HistorySort.PaymentDate => (attempt.PaidAt?.UtcTicks ?? 0, attempt.Id),
                _ => (attempt.Id, 0L),
            };
            if (kept.Count < count)
            {
                kept.Enqueue(attempt, key);
            }
            else
            {
                kept.EnqueueDequeue(attempt, key);
            }
        }

        public List<LinkAttempt> Take()
        {
            var ordered = new List<LinkAttempt>(kept.Count);
            while (kept.TryDequeue(out var attempt, out _))
                ordered.Add(attempt);

            ordered.Reverse();
            return ordered;
        }
    }
}
