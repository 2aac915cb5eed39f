using PaySg.Functions.Access.Accounts;
using PaySg.Functions.Webhooks.Endpoints;

namespace PaySg.Functions.Management.Accounts;

internal static class AccountJson
{
    /// <summary>One account, with how its webhooks fare.</summary>
    public static byte[] Print(Account account, WebhookEndpoint endpoint) => JsonText.Write(json =>
    {
        json.WriteStartObject();
        WriteFields(json, account);
        json.WriteStartObject("webhook");
        json.WriteString("id", endpoint.Id);
        json.WriteString("status", WebhookEndpointJson.StatusOf(endpoint));
        json.WriteString("disabled_reason", endpoint.DisabledReason);
        json.WriteSingaporeTime("failing_since", endpoint.FailingSince);
        json.WriteEndObject();
        json.WriteEndObject();
    });

    public static void WriteListed(Utf8JsonWriter json, Account account)
    {
        json.WriteStartObject();
        WriteFields(json, account);
        json.WriteEndObject();
    }

    private static void WriteFields(Utf8JsonWriter json, Account account)
    {
        json.WriteString("id", account.Id);
        json.WriteString("name", account.Name);
        json.WriteString("email", account.Email);
        json.WriteString("phone", account.Phone);
        json.WriteString("status", AccountChange.NameOf(account.Status));
        json.WriteString("transaction_notif_url", account.TransactionNotifUrl);
        json.WriteString("logo_url", account.LogoUrl);
        json.WriteSingaporeTime("created_at", account.CreatedAt);
        json.WriteSingaporeTime("updated_at", account.UpdatedAt);
    }
}
