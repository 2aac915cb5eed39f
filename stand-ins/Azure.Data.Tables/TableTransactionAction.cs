#nullable disable // Null-oblivious, as the official package is.

namespace Azure.Data.Tables;

/// <summary>One action of a transaction: an entity and what to do with it.</summary>
public class TableTransactionAction
{
    /// <summary>Creates an action that does not look at the version of the stored entity.</summary>
    /// <param name="actionType">What to do.</param>
    /// <param name="entity">The entity to do it with.</param>
    /// <exception cref="ArgumentNullException">If <paramref name="entity"/>, or a key of it, is null.</exception>
    public TableTransactionAction(TableTransactionActionType actionType, ITableEntity entity)
        : this(actionType, entity, default)
    {
    }

    /// <summary>Creates an action on a certain version of the stored entity.</summary>
    /// <param name="actionType">What to do.</param>
    /// <param name="entity">The entity to do it with.</param>
    /// <param name="etag">The version that an update or a delete requires; <see cref="Azure.ETag.All"/> for any.</param>
    /// <exception cref="ArgumentNullException">If <paramref name="entity"/>, or a key of it, is null.</exception>
    public TableTransactionAction(TableTransactionActionType actionType, ITableEntity entity, ETag etag = default)
    {
        ArgumentNullException.ThrowIfNull(entity);
        if (entity.PartitionKey is null || entity.RowKey is null)
            throw new ArgumentNullException(nameof(entity), "An entity needs both halves of its key.");
        ActionType = actionType;
        Entity = entity;
        ETag = etag;
    }

    /// <summary>What to do.</summary>
    public TableTransactionActionType ActionType { get; }

    /// <summary>The entity to do it with.</summary>
    public ITableEntity Entity { get; }

    /// <summary>The version of the stored entity that is required; the default requires none.</summary>
    public ETag ETag { get; }
}
