namespace PaySg.Functions.Webhooks.Recoveries;

internal static class RecoveryJson
{
    public static string NameOf(RecoveryStatus status) => status switch
    {
        RecoveryStatus.Running => "running",
        RecoveryStatus.Completed => "completed",
        RecoveryStatus.Stopped => "stopped",
        _ => throw new ArgumentOutOfRangeException(nameof(status)),
    };

    public static ApiAnswer Answer(int status, Recovery recovery) => new(status, JsonText.Write(json =>
    {
        json.WriteStartObject();
        json.WriteString("id", recovery.Id);
        json.WriteString("webhook_endpoint_id", recovery.EndpointId);
        json.WriteSingaporeTime("since", recovery.Since);
        json.WriteSingaporeTime("until", recovery.Until);
        json.WriteString("status", NameOf(recovery.Status));
        json.WriteNumber("examined", recovery.Examined);
        json.WriteNumber("sent", recovery.Sent);
        json.WriteEndObject();
    }));
}
