namespace PaySg.Functions.Webhooks.Delivery;

/// <summary>Why a delivery is not delivered, as the API says it.</summary>
internal static class DeliveryReason
{
    /// <summary>No attempt is left.</summary>
    public const string Exhausted = "attempts exhausted";

    /// <summary>The endpoint is disabled.</summary>
    public const string EndpointDisabled = "endpoint disabled";

    /// <summary>The endpoint was deleted.</summary>
    public const string EndpointDeleted = "endpoint deleted";
}
