using Azure;
using Azure.Data.Tables;

namespace PaySg.Functions.Storage;

/// <summary>Submits entity groups and recognises our own repeated write.</summary>
public static class EntityGroupWriter
{
    /// <summary>
    /// Writes all rows or none, in one round trip where there is no conflict. On a conflict the main row is read and its write
    /// id compared before anything is decided.
    /// </summary>
    /// <exception cref="RequestFailedException">Storage refused for another reason, or is not reachable.</exception>
    public static async Task<WriteResult> SubmitAsync(this TableClient table, EntityGroup group, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(group);
        try
        {
            var answers = await table.SubmitTransactionAsync(group.Actions, cancellationToken);
            return new WriteResult.Committed(answers.Value[0].Headers.ETag ?? ETag.All)
            {
                ETags = [.. answers.Value.Select(answer => answer.Headers.ETag ?? default)],
            };
        }
        catch (TableTransactionFailedException conflict) when (conflict.Status is 404 or 409 or 412)
        {
            var main = await table.GetEntityIfExistsAsync<TableEntity>(
                group.Main.PartitionKey, group.Main.RowKey, cancellationToken: cancellationToken);
            if (main.HasValue && main.Value!.GetString(EntityGroup.WriteIdColumn) == group.WriteId)
            {
                return new WriteResult.Committed(main.Value.ETag);
            }

            return new WriteResult.Conflict(conflict.FailedTransactionActionIndex ?? 0, main.HasValue ? main.Value : null);
        }
    }
}
