namespace PaySg.Functions.Platform.Storage;

/// <summary>Reads one row by its keys.</summary>
internal static class PointReads
{
    /// <summary>The row; null: there is none.</summary>
    public static async Task<TableEntity?> FindAsync(this TableClient table, string partitionKey, string rowKey, CancellationToken cancellationToken = default)
    {
        var row = await table.GetEntityIfExistsAsync<TableEntity>(partitionKey, rowKey, cancellationToken: cancellationToken);
        return row.HasValue ? row.Value : null;
    }
}
