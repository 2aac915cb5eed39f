namespace PaySg.Functions.Webhooks.Endpoints;

/// <summary>What stays of a deleted endpoint in the partition of its owner, so that its deliveries are found when their time is over: <c>g:{endpoint}</c>.</summary>
internal static class GoneEndpointRows
{
    public const string Prefix = "g:";
    private const string DeletedAt = "deleted_at";

    public static string Key(string endpointId) => Prefix + endpointId;

    public static TableEntity Write(string ownerId, string endpointId, DateTimeOffset now) => new(ownerId, Key(endpointId)) { [DeletedAt] = now };

    public static string IdOf(TableEntity row) => row.RowKey[Prefix.Length..];

    public static DateTimeOffset ReadDeletedAt(TableEntity row) => row.GetDateTimeOffset(DeletedAt)!.Value;

    public static string Range(string ownerId) => RowKeys.Prefix(ownerId, Prefix);
}
