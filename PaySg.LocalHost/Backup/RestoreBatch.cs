using Azure.Data.Tables;
using PaySg.Functions.Operations.Backup;

namespace PaySg.LocalHost.Backup;

/// <summary>Collects rows of one partition and writes them by one transaction.</summary>
internal sealed class RestoreBatch(TableClient table, int rowsAtOnce, int bytesAtOnce)
{
    private readonly List<TableTransactionAction> actions = [];
    private int bytes;

    /// <summary>Adds a row; how many that were to be inserted turned out to be there.</summary>
    /// <param name="overwrites">Whether the row is there and is replaced.</param>
    public async Task<int> AddAsync(TableEntity row, bool overwrites, CancellationToken stop)
    {
        var size = RowJson.Write(row).Length;
        var found = actions.Count == rowsAtOnce || bytes + size > bytesAtOnce || (actions.Count > 0 && actions[0].Entity.PartitionKey != row.PartitionKey) ? await WriteAsync(stop) : 0;
        actions.Add(new TableTransactionAction(overwrites ? TableTransactionActionType.UpsertReplace : TableTransactionActionType.Add, row));
        bytes += size;
        return found;
    }

    /// <summary>Writes what is collected; how many that were to be inserted turned out to be there, and stay as they are.</summary>
    public async Task<int> WriteAsync(CancellationToken stop)
    {
        if (actions.Count == 0)
            return 0;

        var found = 0;
        try
        {
            await table.SubmitTransactionAsync(actions, stop);
        }
        catch (TableTransactionFailedException conflict) when (conflict.Status == 409)
        {
            // Somebody has written one of them meanwhile: one by one.
            foreach (var action in actions)
                found += await WriteAsync(action, stop);
        }

        actions.Clear();
        bytes = 0;
        return found;
    }

    private async Task<int> WriteAsync(TableTransactionAction action, CancellationToken stop)
    {
        try
        {
            await table.SubmitTransactionAsync([action], stop);
            return 0;
        }
        catch (TableTransactionFailedException conflict) when (conflict.Status == 409)
        {
            return 1;
        }
    }
}
