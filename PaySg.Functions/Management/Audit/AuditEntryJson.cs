using PaySg.Functions.Access;
using PaySg.Functions.Access.Audit;

namespace PaySg.Functions.Management.Audit;

internal static class AuditEntryJson
{
    public static void Write(Utf8JsonWriter json, AuditEntry entry)
    {
        json.WriteStartObject();
        json.WriteString("id", entry.Id);
        json.WriteSingaporeTime("at", entry.At);
        json.WriteStartObject("by");
        json.WriteString("type", NameOf(entry.By.Kind));
        json.WriteString("id", entry.By.Id);
        json.WriteString("email", entry.By.Address);
        json.WriteEndObject();
        json.WriteString("action", entry.Action);
        json.WriteString("subject_id", entry.Subject);
        json.WritePropertyName("changes");
        AuditRows.WriteChanges(json, entry.Changes);
        json.WriteEndObject();
    }

    public static string NameOf(ActorKind kind) => kind switch
    {
        ActorKind.Member => "member",
        ActorKind.Management => "management_key",
        ActorKind.ApiKey => "api_key",
        _ => "batch",
    };
}
