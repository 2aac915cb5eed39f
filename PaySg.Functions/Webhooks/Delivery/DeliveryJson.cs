namespace PaySg.Functions.Webhooks.Delivery;

internal static class DeliveryJson
{
    public static ApiAnswer Answer(int status, WebhookDelivery delivery) => new(status, JsonText.Write(json => Write(json, delivery)));

    /// <summary>A state as the API says it.</summary>
    public static string NameOf(DeliveryState state) => state switch
    {
        DeliveryState.Pending => "pending",
        DeliveryState.Delivered => "delivered",
        DeliveryState.Failed => "failed",
        DeliveryState.Skipped => "skipped",
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };

    /// <summary>One delivery, without the event's bytes.</summary>
    public static void Write(Utf8JsonWriter json, WebhookDelivery delivery)
    {
        json.WriteStartObject();
        json.WriteString("event_id", delivery.Event.Id);
        json.WriteString("event_type", delivery.Event.Type);
        json.WriteSingaporeTime("event_created_at", delivery.Event.CreatedAt);
        json.WriteString("webhook_endpoint_id", delivery.EndpointId);
        json.WriteString("status", NameOf(delivery.State));
        json.WriteString("reason", delivery.Reason);
        json.WriteNumber("attempt_count", delivery.AttemptCount);
        json.WriteSingaporeTime("next_attempt_at", delivery.NextAttemptAt);
        json.WriteStartArray("attempts");
        foreach (var attempt in delivery.Attempts)
            Write(json, attempt);

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, DeliveryAttempt attempt)
    {
        json.WriteStartObject();
        json.WriteNumber("number", attempt.Number);
        json.WriteSingaporeTime("attempted_at", attempt.AttemptedAt);
        json.WriteNumber("duration_ms", attempt.DurationMs);
        json.WriteNumberOrNull("response_status", attempt.ResponseStatus);
        json.WriteString("response_body", attempt.ResponseBody);
        json.WriteString("error", attempt.Error);
        json.WriteSingaporeTime("next_attempt_at", attempt.NextAttemptAt);
        json.WriteEndObject();
    }
}
