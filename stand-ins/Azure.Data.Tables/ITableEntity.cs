#nullable disable // Null-oblivious, as the official package is.

namespace Azure.Data.Tables;

/// <summary>The properties that every entity in a table has.</summary>
public interface ITableEntity
{
    /// <summary>The first half of the entity's key: the entities of one partition are stored together.</summary>
    string PartitionKey { get; set; }

    /// <summary>The second half of the entity's key, unique within its partition.</summary>
    string RowKey { get; set; }

    /// <summary>When the service last wrote the entity. Set by the service, ignored on writes.</summary>
    DateTimeOffset? Timestamp { get; set; }

    /// <summary>The version of the entity, for optimistic concurrency.</summary>
    ETag ETag { get; set; }
}
