using System.Globalization;
using System.Text.Json;
using PaySg.Functions.Diagnostics;

namespace PaySg.Functions.Webhooks.Events;

/// <summary>Tells the trace what an event is about, so that a fan-out or an attempt to deliver is found by its payment.</summary>
internal static class EventSubject
{
    public static void Tell(WebhookEvent webhookEvent)
    {
        Tracing.Tell(TraceTag.EventId, webhookEvent.Id);
        using var body = JsonDocument.Parse(webhookEvent.Body);
        if (webhookEvent.Type == EventTypes.PaymentLinkTransaction)
        {
            var data = body.RootElement.GetProperty("data");
            Tracing.Tell(TraceTag.AttemptId, data.GetProperty("transaction").GetProperty("reff_no").GetString());
            var link = data.GetProperty("payment").GetProperty("additional_info").GetProperty("payment_link").GetProperty("id").GetInt64();
            Tracing.Tell(TraceTag.PaymentLinkId, link.ToString(CultureInfo.InvariantCulture));
        }
        else if (webhookEvent.Type.StartsWith("payment.", StringComparison.Ordinal))
        {
            Tracing.Tell(TraceTag.PaymentId, body.RootElement.GetProperty("data").GetProperty("object").GetProperty("id").GetString());
        }
    }
}
