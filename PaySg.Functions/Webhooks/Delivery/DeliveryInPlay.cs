namespace PaySg.Functions.Webhooks.Delivery;

/// <summary>A delivery whose next attempt is under way.</summary>
/// <param name="Delivery">As it was before the attempt.</param>
/// <param name="Row">Its row, as it was read or written; null: it is not written yet.</param>
internal sealed record DeliveryInPlay(WebhookDelivery Delivery, TableEntity? Row);
