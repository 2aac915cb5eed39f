namespace PaySg.Functions.Webhooks.Delivery;

/// <summary>The state of a delivery. What is not pending can still be sent again, on request.</summary>
internal enum DeliveryState
{
    /// <summary>An attempt of the schedule is due, now or later.</summary>
    Pending,

    /// <summary>The receiver answered 2xx.</summary>
    Delivered,

    /// <summary>All attempts failed, or there is nobody to deliver to any more.</summary>
    Failed,

    /// <summary>Nothing was sent, because the endpoint is disabled.</summary>
    Skipped,
}
