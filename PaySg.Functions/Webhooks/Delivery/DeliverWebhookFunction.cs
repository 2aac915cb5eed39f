namespace PaySg.Functions.Webhooks.Delivery;

/// <summary>Makes the delivery attempt that a queue message names.</summary>
internal sealed class DeliverWebhookFunction(DeliverWebhook deliverWebhook)
{
    /// <summary>One message, one attempt.</summary>
    [Function("DeliverWebhook")]
    public Task RunAsync([QueueTrigger(PaySgQueues.DeliveriesName)] string message) =>
        deliverWebhook.RunAsync(JsonSerializer.Deserialize(message, StoredDeliveryJson.Compact.DeliveryMessage)!);
}
