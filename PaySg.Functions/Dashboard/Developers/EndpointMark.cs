using PaySg.Functions.Webhooks.Endpoints;

namespace PaySg.Functions.Dashboard.Developers;

/// <summary>
/// Says in a form which endpoint its sender saw, so that a change of somebody else's in the meantime is noticed. What deliveries change, that it fails or is disabled,
/// is in nobody's way.
/// </summary>
internal static class EndpointMark
{
    /// <summary>64 hexadecimal digits, the same for the same endpoint with the same secret.</summary>
    public static string Of(WebhookEndpoint endpoint) => SeenMark.Of(json =>
    {
        foreach (var text in (string?[])[endpoint.Url, endpoint.Description, endpoint.ProtectedSecret, .. endpoint.SubscribedEvents])
            json.WriteStringValue(text);
    });
}
