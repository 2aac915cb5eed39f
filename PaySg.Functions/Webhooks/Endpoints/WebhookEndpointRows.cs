using PaySg.Functions.Platform.Outbox;

namespace PaySg.Functions.Webhooks.Endpoints;

/// <summary>The rows of endpoints in the partition of their owner.</summary>
/// <remarks>
/// <list type="table">
/// <item><term><c>w:</c> complement of the id's UUID</term><description>an endpoint, newest first</description></item>
/// <item><term><c>n:endpoints</c></term><description>how many there are: it changes with each that comes or goes, so that the limit holds in a race</description></item>
/// <item><term><c>o:…</c></term><description>work to be done (<see cref="OutboxRow"/>), close below <c>w:</c> so that the sweeper finds both by one query</description></item>
/// </list>
/// </remarks>
internal static class WebhookEndpointRows
{
    public const string Prefix = "w:";
    public const string End = "w;";
    public const string IdPrefix = "we_";
    public const string CountKey = "n:endpoints";
    public const string Secret = "secret";
    public const string PreviousSecret = "previous_secret";
    public const string PreviousSecretExpiresAt = "previous_secret_expires_at";
    private const string Count = "count";

    public static string Key(string endpointId) => Prefix + SortableUuid.Complement(endpointId[IdPrefix.Length..]);

    public static TableEntity Write(WebhookEndpoint endpoint) => new(endpoint.OwnerId, Key(endpoint.Id))
    {
        ["id"] = endpoint.Id,
        ["url"] = endpoint.Url,
        ["description"] = endpoint.Description,
        ["subscribed_events"] = string.Join(',', endpoint.SubscribedEvents),
        ["disabled_reason"] = endpoint.DisabledReason,
        ["failing_since"] = endpoint.FailingSince,
        [Secret] = endpoint.ProtectedSecret,
        [PreviousSecret] = endpoint.PreviousProtectedSecret,
        [PreviousSecretExpiresAt] = endpoint.PreviousSecretExpiresAt,
        ["created_at"] = endpoint.CreatedAt,
        ["updated_at"] = endpoint.UpdatedAt,
    };

    public static TableEntity WriteCount(string ownerId, int count) => new(ownerId, CountKey) { [Count] = count };

    public static int ReadCount(TableEntity? row) => row?.GetInt32(Count) ?? 0;

    public static WebhookEndpoint Read(TableEntity row) => new()
    {
        Id = row.GetString("id"),
        OwnerId = row.PartitionKey,
        Url = row.GetString("url"),
        Description = row.GetString("description"),
        SubscribedEvents = row.GetString("subscribed_events").Split(','),
        DisabledReason = row.GetString("disabled_reason"),
        FailingSince = row.GetDateTimeOffset("failing_since"),
        ProtectedSecret = row.GetString(Secret),
        PreviousProtectedSecret = row.GetString(PreviousSecret),
        PreviousSecretExpiresAt = row.GetDateTimeOffset(PreviousSecretExpiresAt),
        CreatedAt = row.GetDateTimeOffset("created_at")!.Value,
        UpdatedAt = row.GetDateTimeOffset("updated_at")!.Value,
    };
}
