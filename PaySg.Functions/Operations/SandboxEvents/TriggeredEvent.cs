namespace PaySg.Functions.Operations.SandboxEvents;

/// <summary>The ids of what was made for an event; null where the event needed no such thing.</summary>
/// <param name="Type">The type of the event.</param>
/// <param name="EventId">The event; null: it comes later, once the mail is sent.</param>
/// <param name="WebhookEndpointId">The endpoint that was tested, or that the event says was disabled.</param>
/// <param name="HistoryReffNo">The attempt on a payment link.</param>
internal sealed record TriggeredEvent(
    string Type, string? EventId, string? PaymentId = null, string? RefundId = null, string? WebhookEndpointId = null, string? HistoryReffNo = null)
{
    /// <summary>200 and the ids.</summary>
    public ApiAnswer Answer() => new(200, JsonText.Write(json =>
    {
        json.WriteStartObject();
        json.WriteString("type", Type);
        json.WriteString("event_id", EventId);
        json.WriteString("payment_id", PaymentId);
        json.WriteString("refund_id", RefundId);
        json.WriteString("webhook_endpoint_id", WebhookEndpointId);
        json.WriteString("history_reff_no", HistoryReffNo);
        json.WriteEndObject();
    }));
}
