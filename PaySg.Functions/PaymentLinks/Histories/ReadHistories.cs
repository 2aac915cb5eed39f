using System.Runtime.CompilerServices;
using PaySg.Functions.PaymentLinks.Attempts;

namespace PaySg.Functions.PaymentLinks.Histories;

/// <summary>Reads the attempts on an account's links that were begun in a period, however many: the rows of the period and no others, a thousand by one request.</summary>
internal sealed class ReadHistories(PaySgTables tables)
{
    /// <summary>The attempts, newest first.</summary>
    /// <param name="from">From this time on.</param>
    /// <param name="to">Before this time.</param>
    public async IAsyncEnumerable<LinkAttempt> RunAsync(string accountId, DateTimeOffset from, DateTimeOffset to, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in tables.PaymentLinks.QueryAsync<TableEntity>(LinkAttemptRows.Range(accountId, from, to), cancellationToken: cancellationToken))
            yield return LinkAttemptRows.Read(row);
    }
}
