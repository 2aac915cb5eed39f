using PaySg.Functions.Access.Audit;

namespace PaySg.Functions.Webhooks.Endpoints;

/// <summary>What the audit log says of a webhook endpoint: never its secret.</summary>
internal static class WebhookEndpointChanges
{
    /// <summary>What is different, by the names of the API.</summary>
    /// <param name="before">Null: the endpoint is new.</param>
    public static AuditChange[] Between(WebhookEndpoint? before, WebhookEndpoint after) => AuditChange.Between(
        ("url", AuditChange.WithoutQuery(before?.Url), AuditChange.WithoutQuery(after.Url)),
        ("description", before?.Description, after.Description),
        ("subscribed_events", before is null ? null : string.Join(", ", before.SubscribedEvents), string.Join(", ", after.SubscribedEvents)),
        ("enabled", before is null ? null : NameOf(before.Enabled), NameOf(after.Enabled)));

    private static string NameOf(bool isEnabled) => isEnabled ? "true" : "false";
}
