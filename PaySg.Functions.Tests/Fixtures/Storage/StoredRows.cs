using Azure.Data.Tables;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>Looks straight into storage: a test may scan, the product may not.</summary>
public static class StoredRows
{
    /// <summary>The rows of a table whose keys begin so.</summary>
    public static async Task<IReadOnlyList<TableEntity>> OfAsync(string connection, string table, string rowKeyPrefix)
    {
        var rows = new List<TableEntity>();
        await foreach (var row in new TableServiceClient(connection).GetTableClient(table).QueryAsync<TableEntity>(filter: (string?)null))
        {
            if (row.RowKey.StartsWith(rowKeyPrefix, StringComparison.Ordinal))
                rows.Add(row);
        }

        return rows;
    }

    /// <summary>Writes rows of one partition, at most 100, as no test of the product may.</summary>
    public static Task PutAsync(string connection, string table, params IEnumerable<TableEntity> rows) => new TableServiceClient(connection).GetTableClient(table)
        .SubmitTransactionAsync(rows.Select(row => new TableTransactionAction(TableTransactionActionType.UpsertReplace, row)));
}
