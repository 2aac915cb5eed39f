using Azure;

namespace PaySg.Functions.Webhooks.Endpoints;

/// <summary>A webhook endpoint and the version of its row.</summary>
internal sealed record StoredWebhookEndpoint(WebhookEndpoint Endpoint, ETag Version);
