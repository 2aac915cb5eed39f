using Azure;

namespace PaySg.Functions.Platform.Storage;

/// <summary>Deletes rows that nobody needs any more, a hundred by one transaction.</summary>
internal static class RowPurge
{
    private const int RowsPerTransaction = 100;

    /// <summary>Deletes the rows of a range that may go, each in the version that was looked at; how many went.</summary>
    /// <param name="range">One partition, with bounds of the row key.</param>
    /// <param name="select">The columns that <paramref name="mayGo"/> looks at, besides the keys; null: all.</param>
    /// <param name="mayGo">Whether a row may go.</param>
    /// <param name="ids">Names the writes.</param>
    /// <param name="cancellationToken">Ends it between two transactions.</param>
    public static async Task<int> PurgeAsync(
        this TableClient table, string range, IReadOnlyList<string>? select, Func<TableEntity, bool> mayGo, IdGenerator ids, CancellationToken cancellationToken)
    {
        var gone = 0;
        await foreach (var page in table.QueryAsync<TableEntity>(range, select: select is null ? null : ["PartitionKey", "RowKey", .. select], cancellationToken: cancellationToken).AsPages())
        {
            foreach (var rows in page.Values.Where(mayGo).Chunk(RowsPerTransaction))
                gone += await DeleteAsync(table, rows, ids, cancellationToken);
        }

        return gone;
    }

    /// <summary>Deletes rows of one partition, each in the version that was looked at; how many went.</summary>
    public static async Task<int> DeleteAllAsync(this TableClient table, IEnumerable<TableEntity> rows, IdGenerator ids, CancellationToken cancellationToken)
    {
        var gone = 0;
        foreach (var some in rows.Chunk(RowsPerTransaction))
            gone += await DeleteAsync(table, some, ids, cancellationToken);

        return gone;
    }

    private static async Task<int> DeleteAsync(TableClient table, TableEntity[] rows, IdGenerator ids, CancellationToken cancellationToken)
    {
        var group = rows.Aggregate(new EntityGroup(ids.NewWriteId()), (sum, row) => sum.Delete(row.PartitionKey, row.RowKey, row.ETag));
        if (await table.SubmitAsync(group, cancellationToken) is WriteResult.Committed)
            return rows.Length;

        // One of them is gone or has changed since it was read, so none was deleted: one by one, and that one stays.
        var gone = 0;
        foreach (var row in rows)
            gone += await DeleteAsync(table, row, cancellationToken);

        return gone;
    }

    private static async Task<int> DeleteAsync(TableClient table, TableEntity row, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await table.DeleteEntityAsync(row.PartitionKey, row.RowKey, row.ETag, cancellationToken);
            return answer.Status == 404 ? 0 : 1;
        }
        catch (RequestFailedException changed) when (changed.Status is 404 or 412)
        {
            return 0;
        }
    }
}
