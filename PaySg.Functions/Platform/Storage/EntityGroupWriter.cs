using Azure;
using Azure.Data.Tables.Models;

namespace PaySg.Functions.Platform.Storage;

/// <summary>Submits entity groups and recognises our own repeated write.</summary>
internal static class EntityGroupWriter
{
    /// <summary>
    /// Writes all rows or none, in one round trip where there is no conflict. On a conflict the main row is read and its write
    /// id compared before anything is decided.
    /// </summary>
    /// <exception cref="RequestFailedException">Storage refused for another reason, or is not reachable.</exception>
    /// <exception cref="ForeignAnswerException">The answer is not one to this transaction: whether it was committed is not known.</exception>
    public static async Task<WriteResult> SubmitAsync(this TableClient table, EntityGroup group, CancellationToken cancellationToken)
    {
        if (group.Actions.Count == 0)
            throw new InvalidOperationException("The transaction has no row.");

        if (table is WorkTableClient { Index: { } index, Place: var place })
            await index.BeforeWriteAsync(place, group);

        try
        {
#pragma warning disable RS0030 // This is the one place.
            var answers = await table.SubmitTransactionAsync(group.Actions, cancellationToken);
#pragma warning restore RS0030
            if (answers.Value.Count != group.Actions.Count)
                throw new ForeignAnswerException(answers.GetRawResponse().Status);

            return new WriteResult.Committed(answers.Value[0].Headers.ETag ?? ETag.All)
            {
                ETags = [.. answers.Value.Select(answer => answer.Headers.ETag ?? default)],
            };
        }
        catch (Exception unreadable) when (unreadable is FormatException
            || (unreadable is InvalidOperationException && unreadable.Source?.StartsWith("Azure.", StringComparison.Ordinal) == true))
        {
            // The group is sound, so this is the client's parser: a part of the answer is no answer.
            throw new ForeignAnswerException(202, unreadable);
        }
        catch (TableTransactionFailedException conflict) when (conflict.Status is 404 or 409 or 412 && conflict.ErrorCode != TableErrorCode.TableNotFound)
        {
            var main = await table.FindAsync(group.Main.PartitionKey, group.Main.RowKey, cancellationToken);
            if (main is not null && main.GetString(EntityGroup.WriteIdColumn) == group.WriteId)
                return new WriteResult.Committed(main.ETag);

            var failed = conflict.FailedTransactionActionIndex ?? 0;
            return conflict.Status == 404 && group.Without(failed) is { } rest
                ? await table.SubmitAsync(rest, cancellationToken)
                : new WriteResult.Conflict(failed, main);
        }
    }

    /// <summary>Inserts one row, or replaces the one that is there: whoever comes last wins.</summary>
    /// <exception cref="RequestFailedException">Storage refused, or is not reachable.</exception>
    public static Task PutAsync(this TableClient table, TableEntity row, CancellationToken cancellationToken)
    {
        RowValues.Check(row);
#pragma warning disable RS0030 // This is the one place.
        return table.UpsertEntityAsync(row, TableUpdateMode.Replace, cancellationToken);
#pragma warning restore RS0030
    }
}
