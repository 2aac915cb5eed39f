namespace PaySg.Functions.Platform.Storage;

/// <summary>Reads the beginning of a range.</summary>
internal static class FirstRows
{
    /// <summary>The first rows that a filter of one partition selects: no more are read than asked for.</summary>
    public static async Task<IReadOnlyList<TableEntity>> FirstAsync(this TableClient table, string filter, int count, CancellationToken cancellationToken, string[]? select = null)
    {
        var rows = new List<TableEntity>(count);

        // The service may end a page early: the enumeration goes on by itself.
        await foreach (var row in table.QueryAsync<TableEntity>(filter, maxPerPage: count, select: select, cancellationToken))
        {
            rows.Add(row);
            if (rows.Count == count)
                break;
        }

        return rows;
    }
}
