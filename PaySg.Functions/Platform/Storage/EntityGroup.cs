using Azure;

namespace PaySg.Functions.Platform.Storage;

/// <summary>
/// The rows of one entity group transaction: up to 100 rows of one partition, all written or none. Its first row is the
/// main row, which carries the <c>write_id</c>: the pipeline repeats a write whose answer was lost, so a conflict may be
/// our own first try, and the write id tells.
/// </summary>
internal sealed class EntityGroup(string writeId)
{
    /// <summary>The column of the main row that names the write.</summary>
    public const string WriteIdColumn = "write_id";

    /// <summary>How many rows a transaction may hold. The client sends more, and fails at the answer.</summary>
    public const int MostRows = 100;

    private readonly List<TableTransactionAction> actions = [];
    private readonly List<TableTransactionAction> optional = [];

    /// <summary>What the main row's <c>write_id</c> will be.</summary>
    public string WriteId { get; } = writeId;

    /// <summary>The actions in order, the main row first.</summary>
    public IReadOnlyList<TableTransactionAction> Actions => actions;

    public ITableEntity Main => actions[0].Entity;

    /// <summary>Inserts a row: a conflict (409) where it exists.</summary>
    public EntityGroup Insert(TableEntity row) => Add(TableTransactionActionType.Add, row, default);

    /// <summary>Replaces a row that is still as it was read: else a conflict (412).</summary>
    public EntityGroup Replace(TableEntity row, ETag asRead) => Add(TableTransactionActionType.UpdateReplace, row, asRead);

    /// <summary>Inserts a row, or replaces the one that is there.</summary>
    public EntityGroup Upsert(TableEntity row) => Add(TableTransactionActionType.UpsertReplace, row, default);

    /// <summary>Merges columns into a row, whatever its version: a conflict (404) where it does not exist.</summary>
    public EntityGroup Merge(TableEntity row) => Merge(row, ETag.All);

    /// <summary>Merges columns into a row that is still as it was read: else a conflict (412).</summary>
    public EntityGroup Merge(TableEntity row, ETag asRead) => Add(TableTransactionActionType.UpdateMerge, row, asRead);

    /// <summary>Deletes a row, whatever its version: a conflict (404) where it does not exist.</summary>
    public EntityGroup Delete(string partitionKey, string rowKey) => Delete(partitionKey, rowKey, ETag.All);

    /// <summary>Deletes a row that is still as it was read: else a conflict (412, or 404 where it does not exist).</summary>
    public EntityGroup Delete(string partitionKey, string rowKey, ETag asRead) =>
        Add(TableTransactionActionType.Delete, new TableEntity(partitionKey, rowKey), asRead);

    /// <summary>Deletes a row if there is one. Storage does not know such an action: where the row is missing the transaction is sent again without it.</summary>
    public EntityGroup DeleteIfThere(string partitionKey, string rowKey)
    {
        Delete(partitionKey, rowKey);
        optional.Add(actions[^1]);
        return this;
    }

    /// <summary>The same transaction without an action whose row is missing; null: that action is one that the transaction cannot do without.</summary>
    public EntityGroup? Without(int index)
    {
        if (index <= 0 || index >= actions.Count || !optional.Contains(actions[index]))
            return null;

        var rest = new EntityGroup(WriteId);
        rest.actions.AddRange(actions.Where((_, at) => at != index));
        rest.optional.AddRange(optional);
        return rest;
    }

    /// <exception cref="InvalidOperationException">The rows do not make one transaction. Azure refuses it; Azurite commits rows of two partitions, and the client checks neither.</exception>
    private EntityGroup Add(TableTransactionActionType type, TableEntity row, ETag etag)
    {
        if (actions.Count == MostRows)
            throw new InvalidOperationException($"A transaction holds at most {MostRows} rows.");

        if (actions.Count == 0)
        {
            row[WriteIdColumn] = WriteId;
        }
        else if (row.PartitionKey != Main.PartitionKey)
        {
            throw new InvalidOperationException($"A transaction is of one partition: {Main.PartitionKey}. This row is of {row.PartitionKey}.");
        }

        RowValues.Check(row);

        actions.Add(new TableTransactionAction(type, row, etag));
        return this;
    }
}
