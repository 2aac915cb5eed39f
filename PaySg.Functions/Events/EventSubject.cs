namespace PaySg.Functions.Events;

/// <summary>
/// Tells what an event is about: the dashboard, and the trace, so that a fan-out or an attempt to deliver is found by its payment. A body that does not say so is
/// delivered all the same: nothing here may fail.
/// </summary>
internal static class EventSubject
{
    public static void Tell(WebhookEvent webhookEvent)
    {
        Tracing.Tell(TraceTag.EventId, webhookEvent.Id);
        if (Parse(webhookEvent.Body) is not { } document)
            return;

        using (document)
        {
            if (webhookEvent.Type == EventTypes.PaymentLinkTransaction)
            {
                Tracing.Tell(TraceTag.AttemptId, Find(document.RootElement, "data", "transaction", "reff_no"));
                Tracing.Tell(TraceTag.PaymentLinkId, Find(document.RootElement, "data", "payment", "additional_info", "payment_link", "id"));
            }
            else if (webhookEvent.Type.StartsWith("payment.", StringComparison.Ordinal))
            {
                Tracing.Tell(TraceTag.PaymentId, Find(document.RootElement, "data", "object", "id"));
            }
        }
    }

    /// <summary>The id of the payment that an event is about; null: it is about none.</summary>
    public static string? PaymentOf(WebhookEvent webhookEvent)
    {
        if (!webhookEvent.Type.StartsWith("payment.", StringComparison.Ordinal) || Parse(webhookEvent.Body) is not { } document)
            return null;

        using (document)
            return Find(document.RootElement, "data", "object", "id");
    }

    private static JsonDocument? Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonDocument.Parse(body);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The text or number at a path; null: there is none.</summary>
    private static string? Find(JsonElement element, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element))
                return null;
        }

        return element.ValueKind is JsonValueKind.String or JsonValueKind.Number ? element.ToString() : null;
    }
}
