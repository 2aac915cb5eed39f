using Azure;

namespace PaySg.Functions.Webhooks.Endpoints;

internal sealed record StoredWebhookEndpoint(WebhookEndpoint Endpoint, ETag Version);
