using PaySg.Functions.Platform.Outbox;

namespace PaySg.Functions.Webhooks.Delivery;

/// <summary>Sends the queue message that wakes an attempt.</summary>
internal sealed class DeliveryAlarm(PaySgQueues queues, StorageAdvice advice, ILogger<DeliveryAlarm> log)
{
    /// <summary>Wakes the attempt after the delay. A failure is no failure of the caller's: the due row stands, and the sweeper finds it.</summary>
    public async Task SetAsync(DeliveryMessage message, TimeSpan delay)
    {
        if (delay > RetrySchedule.LongestInQueue)
            return;

        try
        {
            await SetOrThrowAsync(message, delay, CancellationToken.None);
        }
        catch (Exception fault) when (StorageFaults.IsOfStorage(fault))
        {
            Log.AlarmNotSent(log, message.EventId, message.EndpointId, PaySgQueues.DeliveriesName, advice.For(fault), fault);
        }
    }

    /// <summary>Wakes the attempt after the delay, or throws.</summary>
    public Task SetOrThrowAsync(DeliveryMessage message, TimeSpan delay, CancellationToken cancellationToken) =>
        queues.Deliveries.SendAsync(
            JsonSerializer.SerializeToUtf8Bytes(message, StoredDeliveryJson.Compact.DeliveryMessage), QueueDelay.RoundUp(delay), cancellationToken);
}
