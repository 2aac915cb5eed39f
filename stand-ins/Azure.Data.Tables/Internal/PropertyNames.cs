namespace Azure.Data.Tables.Internal;

/// <summary>The names under which the service, and <see cref="TableEntity"/>, keep the properties that every entity has.</summary>
internal static class PropertyNames
{
    public const string PartitionKey = "PartitionKey";
    public const string RowKey = "RowKey";
    public const string Timestamp = "Timestamp";
    public const string ETag = "odata.etag";
}
