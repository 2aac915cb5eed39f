namespace PaySg.Functions.Dashboard.Developers;

/// <summary>Paths of the developers' corner, within a payment service's dashboard.</summary>
internal static class DeveloperPaths
{
    public const string ApiKeys = "developers/api-keys";
    public const string Webhooks = "developers/webhooks";
    public const string Events = "developers/events";

    public static string ApiKey(string keyId) => $"{ApiKeys}/{keyId}";

    public static string Webhook(string endpointId) => $"{Webhooks}/{endpointId}";

    public static string Delivery(string endpointId, string eventId) => $"{Webhook(endpointId)}/deliveries/{eventId}";

    public static string Recovery(string endpointId, string recoveryId) => $"{Webhook(endpointId)}/recoveries/{recoveryId}";

    public static string Event(string eventId) => $"{Events}/{eventId}";
}
