using PaySg.Functions.PaymentLinks.Attempts;

namespace PaySg.Functions.PaymentLinks.Histories;

/// <summary>Deletes the attempts of an account that were begun before a time and are decided, and takes them out of the count in the same transactions.</summary>
internal sealed class DeleteOldHistories(PaySgTables tables, PaymentLinkCounts counts, IdGenerator ids)
{
    // A transaction holds 100 rows, and one is the count.
    private const int AttemptsPerTransaction = 99;

    /// <summary>How many went. One that is not decided, or whose money has not gone back, stays.</summary>
    public async Task<int> RunAsync(string accountId, DateTimeOffset before, CancellationToken cancellationToken)
    {
        var deleted = 0;
        var range = LinkAttemptRows.Range(accountId, begin: null, end: before);
        await foreach (var page in tables.PaymentLinks.QueryAsync<TableEntity>(range, cancellationToken: cancellationToken).AsPages())
        {
            foreach (var rows in page.Values.Where(row => LinkAttemptRows.Read(row).IsFinal).Chunk(AttemptsPerTransaction))
                deleted += await DeleteAsync(accountId, rows, cancellationToken);
        }

        return deleted;
    }

    private async Task<int> DeleteAsync(string accountId, TableEntity[] rows, CancellationToken cancellationToken)
    {
        var stored = await counts.FindAsync(accountId, ListedRows.Histories, cancellationToken);
        var group = PaymentLinkCounts.AddDelete(
            new EntityGroup(ids.NewWriteId()), accountId, ListedRows.Histories, stored, [.. rows.Select(row => ListedRows.Histories.IdOf(row.RowKey))]);
        foreach (var row in rows)
            group.Delete(accountId, row.RowKey, row.ETag);

        // A conflict: somebody counts them just now, or one of them has changed. They are as good tomorrow.
        return await tables.PaymentLinks.SubmitAsync(group, cancellationToken) is WriteResult.Committed ? rows.Length : 0;
    }
}
