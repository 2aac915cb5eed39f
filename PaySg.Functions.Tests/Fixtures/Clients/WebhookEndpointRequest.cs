using System.Text.Json.Nodes;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>Builds the body of a request to register a webhook endpoint.</summary>
public sealed class WebhookEndpointRequest(Uri url)
{
    private readonly JsonObject body = new() { ["webhook_url"] = url.AbsoluteUri, ["subscribed_events"] = new JsonArray("*") };

    public WebhookEndpointRequest For(params string[] types) => With("subscribed_events", new JsonArray([.. types.Select(type => JsonValue.Create(type))]));

    public WebhookEndpointRequest With(string field, JsonNode? value)
    {
        body[field] = value;
        return this;
    }

    public override string ToString() => body.ToJsonString();
}
