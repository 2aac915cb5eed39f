namespace PaySg.Functions.Webhooks.Delivery;

/// <summary>A queue message that names an attempt to be made now.</summary>
/// <param name="OwnerId">The endpoint's owner.</param>
/// <param name="EndpointId">The delivery's partition.</param>
/// <param name="Attempt">Which attempt. Where the delivery's next attempt is another, the message does nothing.</param>
/// <param name="TraceParent">The trace that the attempt belongs to (W3C); null: the delivery's.</param>
internal sealed record DeliveryMessage(string OwnerId, string EndpointId, string EventId, int Attempt, string? TraceParent = null);
