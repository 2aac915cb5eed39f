namespace PaySg.Functions.Webhooks.Delivery;

/// <summary>The state of a delivery.</summary>
public enum DeliveryState
{
    /// <summary>An attempt is due, now or later.</summary>
    Pending,

    /// <summary>The receiver answered 2xx. Final.</summary>
    Delivered,

    /// <summary>All attempts failed, or there is nobody to deliver to any more. Final.</summary>
    Failed,
}
