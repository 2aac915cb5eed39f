using PaySg.Functions.Access;
using PaySg.Functions.Access.Members;

namespace PaySg.Functions.Management.Members;

internal static class MemberJson
{
    public static byte[] Print(Member member) => JsonText.Write(member, static (json, one) => Write(json, one));

    public static void Write(Utf8JsonWriter json, Member member)
    {
        json.WriteStartObject();
        json.WriteString("id", member.Id);
        json.WriteString("email", member.Email);
        json.WriteString("name", member.Name);
        json.WriteStartArray("permissions");
        foreach (var name in PermissionNames.Of(member.Permissions))
            json.WriteStringValue(name);

        json.WriteEndArray();
        json.WriteSingaporeTime("invited_at", member.InvitedAt);
        json.WriteSingaporeTime("joined_at", member.JoinedAt);
        json.WriteEndObject();
    }
}
