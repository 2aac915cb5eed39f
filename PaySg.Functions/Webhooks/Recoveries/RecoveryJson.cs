using PaySg.Functions.Platform.Http;
using PaySg.Functions.Platform.Json;

namespace PaySg.Functions.Webhooks.Recoveries;

/// <summary>Prints recoveries.</summary>
public static class RecoveryJson
{
    /// <summary>A status as the API says it.</summary>
    public static string NameOf(RecoveryStatus status) => status switch
    {
        RecoveryStatus.Running => "running",
        RecoveryStatus.Completed => "completed",
        RecoveryStatus.Stopped => "stopped",
        _ => throw new ArgumentOutOfRangeException(nameof(status)),
    };

    /// <summary>One recovery as an answer.</summary>
    public static ApiAnswer Answer(int status, Recovery recovery) => new(status, JsonText.Write(json =>
    {
        json.WriteStartObject();
        json.WriteString("id", recovery.Id);
        json.WriteString("webhook_endpoint_id", recovery.EndpointId);
        json.WriteString("since", SingaporeTime.Format(recovery.Since));
        json.WriteString("until", SingaporeTime.Format(recovery.Until));
        json.WriteString("status", NameOf(recovery.Status));
        json.WriteNumber("examined", recovery.Examined);
        json.WriteNumber("sent", recovery.Sent);
        json.WriteEndObject();
    }));
}
