namespace PaySg.Functions.Webhooks.Endpoints;

internal static class WebhookEndpointJson
{
    /// <summary>One endpoint; the secret only where it is given, which is once.</summary>
    public static byte[] Print(WebhookEndpoint endpoint, string? secret = null) => JsonText.Write(json => Write(json, endpoint, secret, showSecret: secret is not null));

    /// <summary>The endpoint as a repeated answer shows it: the secret is null.</summary>
    public static byte[] PrintWithoutItsSecret(WebhookEndpoint endpoint) => JsonText.Write(json => Write(json, endpoint, null, showSecret: true));

    /// <summary>Whether it is enabled, as the API says it.</summary>
    public static string StatusOf(WebhookEndpoint endpoint) => endpoint.Enabled ? "enabled" : "disabled";

    /// <summary>One endpoint without its secret.</summary>
    public static void Write(Utf8JsonWriter json, WebhookEndpoint endpoint) => Write(json, endpoint, null, showSecret: false);

    private static void Write(Utf8JsonWriter json, WebhookEndpoint endpoint, string? secret, bool showSecret)
    {
        json.WriteStartObject();
        json.WriteString("id", endpoint.Id);
        json.WriteString("payment_service_id", endpoint.OwnerId);
        json.WriteString("webhook_url", endpoint.Url);
        json.WriteString("description", endpoint.Description);
        json.WriteStartArray("subscribed_events");
        foreach (var type in endpoint.SubscribedEvents)
            json.WriteStringValue(type);

        json.WriteEndArray();
        json.WriteString("status", StatusOf(endpoint));
        json.WriteString("disabled_reason", endpoint.DisabledReason);
        json.WriteSingaporeTime("failing_since", endpoint.FailingSince);
        json.WriteSingaporeTime("previous_secret_expires_at", endpoint.PreviousSecretExpiresAt);
        json.WriteSingaporeTime("created_at", endpoint.CreatedAt);
        json.WriteSingaporeTime("updated_at", endpoint.UpdatedAt);
        if (showSecret)
            json.WriteString("secret", secret);

        json.WriteEndObject();
    }
}
