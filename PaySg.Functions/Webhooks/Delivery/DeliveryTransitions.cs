namespace PaySg.Functions.Webhooks.Delivery;

/// <summary>All legal changes of a delivery's state, each with its reason. What is not listed is not possible.</summary>
internal static class DeliveryTransitions
{
    /// <summary>The edges of the state machine.</summary>
    public static readonly IReadOnlyList<(DeliveryState From, DeliveryState To, string Reason)> Edges =
    [
        (DeliveryState.Pending, DeliveryState.Pending, "an attempt failed and another is due, or a recovery restarts the schedule"),
        (DeliveryState.Pending, DeliveryState.Delivered, "the receiver answered 2xx"),
        (DeliveryState.Pending, DeliveryState.Failed, "the last attempt failed, or the endpoint is gone"),
        (DeliveryState.Pending, DeliveryState.Skipped, "an attempt was due at a disabled endpoint"),
        (DeliveryState.Delivered, DeliveryState.Delivered, "it was sent again: whatever comes of that, it was delivered"),
        (DeliveryState.Failed, DeliveryState.Failed, "it was sent again, in vain"),
        (DeliveryState.Failed, DeliveryState.Delivered, "it was sent again, and the receiver answered 2xx"),
        (DeliveryState.Failed, DeliveryState.Pending, "a recovery restarts the schedule"),
        (DeliveryState.Skipped, DeliveryState.Skipped, "it was to be sent again, and the endpoint is disabled still"),
        (DeliveryState.Skipped, DeliveryState.Failed, "it was sent again, in vain, or the endpoint is gone"),
        (DeliveryState.Skipped, DeliveryState.Delivered, "it was sent again, and the receiver answered 2xx"),
        (DeliveryState.Skipped, DeliveryState.Pending, "a recovery restarts the schedule"),
    ];

    public static bool Allows(DeliveryState from, DeliveryState to) => Edges.Any(edge => edge.From == from && edge.To == to);
}
