using Azure.Data.Tables;

namespace PaySg.Functions.Webhooks.Recoveries;

/// <summary>Recoveries in the partition of their owner: <c>y:{endpoint}:{id}</c>.</summary>
internal static class RecoveryRows
{
    public const string IdPrefix = "rec_";

    public static string Key(string endpointId, string recoveryId) => $"y:{endpointId}:{recoveryId}";

    public static TableEntity Write(Recovery recovery) => new(recovery.OwnerId, Key(recovery.EndpointId, recovery.Id))
    {
        ["id"] = recovery.Id,
        ["endpoint_id"] = recovery.EndpointId,
        ["since"] = recovery.Since,
        ["until"] = recovery.Until,
        ["status"] = recovery.Status.ToString(),
        ["examined"] = recovery.Examined,
        ["sent"] = recovery.Sent,
        ["last_event_id"] = recovery.LastEventId,
    };

    public static Recovery Read(TableEntity row) => new()
    {
        Id = row.GetString("id"),
        OwnerId = row.PartitionKey,
        EndpointId = row.GetString("endpoint_id"),
        Since = row.GetDateTimeOffset("since")!.Value,
        Until = row.GetDateTimeOffset("until")!.Value,
        Status = Enum.Parse<RecoveryStatus>(row.GetString("status")),
        Examined = row.GetInt32("examined")!.Value,
        Sent = row.GetInt32("sent")!.Value,
        LastEventId = row.GetString("last_event_id"),
    };
}
