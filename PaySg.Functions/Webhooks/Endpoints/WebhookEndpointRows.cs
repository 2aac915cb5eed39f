using Azure.Data.Tables;
using PaySg.Functions.Ids;

namespace PaySg.Functions.Webhooks.Endpoints;

/// <summary>Endpoints in the partition of their owner: <c>w:</c> and the complement of the id's UUID, so newest first.</summary>
internal static class WebhookEndpointRows
{
    public const string Prefix = "w:";
    public const string IdPrefix = "we_";

    public static string Key(string endpointId) => Prefix + SortableUuid.Complement(endpointId[IdPrefix.Length..]);

    public static TableEntity Write(WebhookEndpoint endpoint) => new(endpoint.OwnerId, Key(endpoint.Id))
    {
        ["id"] = endpoint.Id,
        ["url"] = endpoint.Url,
        ["description"] = endpoint.Description,
        ["subscribed_events"] = string.Join(',', endpoint.SubscribedEvents),
        ["enabled"] = endpoint.Enabled,
        ["secret"] = endpoint.ProtectedSecret,
        ["created_at"] = endpoint.CreatedAt,
        ["updated_at"] = endpoint.UpdatedAt,
    };

    public static WebhookEndpoint Read(TableEntity row) => new()
    {
        Id = row.GetString("id"),
        OwnerId = row.PartitionKey,
        Url = row.GetString("url"),
        Description = row.GetString("description"),
        SubscribedEvents = row.GetString("subscribed_events").Split(','),
        Enabled = row.GetBoolean("enabled")!.Value,
        ProtectedSecret = row.GetString("secret"),
        CreatedAt = row.GetDateTimeOffset("created_at")!.Value,
        UpdatedAt = row.GetDateTimeOffset("updated_at")!.Value,
    };
}
