namespace PaySg.Functions.Webhooks.Recoveries;

/// <summary>Recoveries in the partition of their owner: <c>y:{endpoint}:{id}</c>; and <c>z:{endpoint}</c> while one is running there.</summary>
internal static class RecoveryRows
{
    public const string IdPrefix = "rec_";

    public static string Key(string endpointId, string recoveryId) => KeysOf(endpointId) + recoveryId;

    /// <summary>What the keys of an endpoint's recoveries begin with: they sort by the time of the start.</summary>
    public static string KeysOf(string endpointId) => $"y:{endpointId}:";

    /// <summary>The key of the row that is there while a recovery of the endpoint is running.</summary>
    public static string RunningKey(string endpointId) => $"z:{endpointId}";

    /// <summary>The row that keeps others from starting.</summary>
    public static TableEntity WriteRunning(Recovery recovery) => new(recovery.OwnerId, RunningKey(recovery.EndpointId)) { ["recovery"] = recovery.Id };

    /// <summary>The id of the recovery that is running.</summary>
    public static string ReadRunning(TableEntity row) => row.GetString("recovery");

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
        ["alone"] = recovery.IsAlone,
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
        IsAlone = row.GetBoolean("alone") ?? false,
    };
}
