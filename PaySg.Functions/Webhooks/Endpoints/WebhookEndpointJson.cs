using System.Text.Json;
using PaySg.Functions.Http;
using PaySg.Functions.Json;

namespace PaySg.Functions.Webhooks.Endpoints;

/// <summary>Prints webhook endpoints.</summary>
public static class WebhookEndpointJson
{
    /// <summary>One endpoint; the secret only where it is given, which is once.</summary>
    public static byte[] Print(WebhookEndpoint endpoint, string? secret = null) => JsonText.Write(json => Write(json, endpoint, secret, showSecret: secret is not null));

    /// <summary>The endpoint as a repeated answer shows it: the secret is null.</summary>
    public static byte[] PrintWithoutItsSecret(WebhookEndpoint endpoint) => JsonText.Write(json => Write(json, endpoint, null, showSecret: true));

    /// <summary>A list, which always fits one page.</summary>
    public static byte[] PrintList(IReadOnlyList<WebhookEndpoint> endpoints) => JsonText.Write(json =>
    {
        json.WriteStartObject();
        json.WriteStartArray("data");
        foreach (var endpoint in endpoints)
        {
            Write(json, endpoint, null, showSecret: false);
        }

        json.WriteEndArray();
        PageInfoJson.Write(
            json, hasNext: false, hasPrevious: false, endpoints.Count > 0 ? endpoints[0].Id : null, endpoints.Count > 0 ? endpoints[^1].Id : null);
        json.WriteEndObject();
    });

    private static void Write(Utf8JsonWriter json, WebhookEndpoint endpoint, string? secret, bool showSecret)
    {
        json.WriteStartObject();
        json.WriteString("id", endpoint.Id);
        json.WriteString("payment_service_id", endpoint.OwnerId);
        json.WriteString("webhook_url", endpoint.Url);
        json.WriteString("description", endpoint.Description);
        json.WriteStartArray("subscribed_events");
        foreach (var type in endpoint.SubscribedEvents)
        {
            json.WriteStringValue(type);
        }

        json.WriteEndArray();
        json.WriteString("status", endpoint.Enabled ? "enabled" : "disabled");
        json.WriteString("created_at", SingaporeTime.Format(endpoint.CreatedAt));
        json.WriteString("updated_at", SingaporeTime.Format(endpoint.UpdatedAt));
        if (showSecret)
        {
            json.WriteString("secret", secret);
        }

        json.WriteEndObject();
    }
}
