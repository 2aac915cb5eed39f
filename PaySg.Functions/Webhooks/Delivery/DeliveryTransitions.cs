namespace PaySg.Functions.Webhooks.Delivery;

/// <summary>All legal changes of a delivery's state, each with its reason. What is not listed is not possible.</summary>
public static class DeliveryTransitions
{
    /// <summary>The edges of the state machine.</summary>
    public static readonly IReadOnlyList<(DeliveryState From, DeliveryState To, string Reason)> Edges =
    [
        (DeliveryState.Pending, DeliveryState.Pending, "an attempt failed and another is due"),
        (DeliveryState.Pending, DeliveryState.Delivered, "the receiver answered 2xx"),
        (DeliveryState.Pending, DeliveryState.Failed, "the last attempt failed, or the endpoint is gone"),
    ];

    /// <summary>Whether the change is listed.</summary>
    public static bool Allows(DeliveryState from, DeliveryState to) => Edges.Any(edge => edge.From == from && edge.To == to);
}
