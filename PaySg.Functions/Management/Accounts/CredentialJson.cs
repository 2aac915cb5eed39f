using PaySg.Functions.Access.Accounts;

namespace PaySg.Functions.Management.Accounts;

internal static class CredentialJson
{
    /// <summary>A credential that was just issued.</summary>
    /// <param name="credential">The credential.</param>
    /// <param name="secret">Its secret, shown this once; null: the same answer when it is repeated.</param>
    public static byte[] PrintIssued(Credential credential, string? secret) => JsonText.Write(json =>
    {
        json.WriteStartObject();
        json.WriteString("client_id", credential.ClientId);
        json.WriteString("client_secret", secret);
        WriteRest(json, credential);
        json.WriteEndObject();
    });

    /// <summary>An entry of a list: without the secret.</summary>
    public static void WriteListed(Utf8JsonWriter json, Credential credential)
    {
        json.WriteStartObject();
        json.WriteString("client_id", credential.ClientId);
        WriteRest(json, credential);
        json.WriteEndObject();
    }

    private static void WriteRest(Utf8JsonWriter json, Credential credential)
    {
        json.WriteString("api_key", credential.PartnerId);
        json.WriteString("label", credential.Label);
        json.WriteSingaporeTime("created_at", credential.CreatedAt);
    }
}
