using PaySg.Functions.Events;

namespace PaySg.Functions.Webhooks.Endpoints;

/// <summary>Makes the events that are about endpoints themselves. They belong to no payment, so their <c>sequence</c> is null.</summary>
internal sealed class WebhookEndpointEvents(IdGenerator ids)
{
    public WebhookEvent Test(WebhookEndpoint endpoint, DateTimeOffset now)
    {
        return WebhookEvent.Print(ids.NewEventId(now), EventTypes.WebhookTest, endpoint.OwnerId, now, sequence: null, json =>
        {
            json.WriteStartObject();
            json.WriteString("object", "webhook_test");
            json.WriteString("webhook_endpoint_id", endpoint.Id);
            json.WriteString("message", "This is a test. Nothing has happened.");
            json.WriteEndObject();
        });
    }

    /// <summary>The event that an endpoint was disabled, which is shown as it is then.</summary>
    public WebhookEvent Disabled(WebhookEndpoint endpoint, DateTimeOffset now)
    {
        return WebhookEvent.Print(
            ids.NewEventId(now), EventTypes.WebhookEndpointDisabled, endpoint.OwnerId, now, sequence: null, json => WebhookEndpointJson.Write(json, endpoint));
    }

    /// <summary>The endpoint that an event is about and that must not get it; null: any may.</summary>
    public static string? SubjectOf(WebhookEvent webhookEvent)
    {
        if (webhookEvent.Type != EventTypes.WebhookEndpointDisabled)
            return null;

        using var body = JsonDocument.Parse(webhookEvent.Body);
        return body.RootElement.GetProperty("data").GetProperty("object").GetProperty("id").GetString();
    }
}
