using PaySg.Functions.Access;

namespace PaySg.Functions.Management.PaymentServices;

internal static class ApiKeyJson
{
    /// <summary>A key that was just issued.</summary>
    /// <param name="key">The key.</param>
    /// <param name="secret">The secret, shown this once; null: the same answer when it is repeated.</param>
    public static byte[] PrintIssued(ApiKey key, string? secret) => JsonText.Write(json =>
    {
        json.WriteStartObject();
        json.WriteString("id", key.Id);
        json.WriteString("key", secret);
        WriteRest(json, key);
        json.WriteEndObject();
    });

    /// <summary>An entry of a list: without the secret, which nobody knows any more.</summary>
    public static void WriteListed(Utf8JsonWriter json, ApiKey key)
    {
        json.WriteStartObject();
        json.WriteString("id", key.Id);
        WriteRest(json, key);
        json.WriteEndObject();
    }

    private static void WriteRest(Utf8JsonWriter json, ApiKey key)
    {
        json.WriteString("label", key.Label);
        json.WriteStartArray("permissions");
        foreach (var name in PermissionNames.Of(key.Permissions))
            json.WriteStringValue(name);

        json.WriteEndArray();
        json.WriteString("creator_id", key.CreatorId);
        json.WriteSingaporeTime("created_at", key.CreatedAt);
    }
}
