namespace PaySg.Functions.Platform.Storage;

/// <summary>Reads a page of a range of rows, in their order, by one query.</summary>
internal static class RowScan
{
    /// <summary>How many rows a filtered page looks at: then it ends, short as it may be, and says where.</summary>
    public const int Longest = 1000;

    private const int AtOnce = 200;

    /// <summary>The first rows of the range that match.</summary>
    /// <param name="range">One partition, with bounds of the row key.</param>
    /// <param name="limit">How many entries at most.</param>
    /// <param name="read">Reads a row.</param>
    /// <param name="matches">The filter; null: all.</param>
    /// <param name="select">The columns; null: all.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<RowPage<T>> PageAsync<T>(
        this TableClient table,
        string range,
        int limit,
        Func<TableEntity, T> read,
        Func<T, bool>? matches,
        string[]? select,
        CancellationToken cancellationToken)
        where T : class
    {
        var entries = new List<T>(limit);
        T? last = null;
        var examined = 0;
        var pages = table.QueryAsync<TableEntity>(range, matches is null ? limit + 1 : AtOnce, select, cancellationToken);
        await foreach (var row in pages)
        {
            if (examined == Longest)
                return new RowPage<T>(entries, HasNext: true, last);

            var entry = read(row);
            if (matches is null || matches(entry))
            {
                if (entries.Count == limit)
                    return new RowPage<T>(entries, HasNext: true, StoppedAt: null);

                entries.Add(entry);
            }

            examined++;
            last = entry;
        }

        return new RowPage<T>(entries, HasNext: false, StoppedAt: null);
    }
}
