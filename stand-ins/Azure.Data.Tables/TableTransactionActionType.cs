namespace Azure.Data.Tables;

/// <summary>What one action of a transaction does with its entity.</summary>
public enum TableTransactionActionType
{
    /// <summary>Adds the entity; the transaction fails if it exists.</summary>
    Add = 0,

    /// <summary>Merges the properties into the stored entity, which must exist.</summary>
    UpdateMerge = 1,

    /// <summary>Replaces the stored entity, which must exist.</summary>
    UpdateReplace = 2,

    /// <summary>Deletes the entity, which must exist.</summary>
    Delete = 3,

    /// <summary>Adds the entity, or merges its properties into the stored one.</summary>
    UpsertMerge = 4,

    /// <summary>Adds the entity, or replaces the stored one.</summary>
    UpsertReplace = 5,
}
