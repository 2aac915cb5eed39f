using PaySg.Functions.Ids;
using PaySg.Functions.Json;
using PaySg.Functions.Payments;

namespace PaySg.Functions.Webhooks.Events;

/// <summary>Makes the event of a payment's change (guide, page "The event object").</summary>
public sealed class PaymentEvents(IdGenerator ids, PaymentJson paymentJson)
{
    /// <summary>The event that tells the payment as it is after the change.</summary>
    public WebhookEvent Of(Payment payment, string type, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(payment);
        var id = ids.NewEventId(now);
        return new WebhookEvent(id, type, payment.PaymentServiceId, now, JsonText.Write(json =>
        {
            json.WriteStartObject();
            json.WriteString("id", id);
            json.WriteString("object", "event");
            json.WriteString("type", type);
            json.WriteString("created_at", SingaporeTime.Format(now));
            json.WriteNumber("created", now.ToUnixTimeMilliseconds());
            json.WriteString("payment_service_id", payment.PaymentServiceId);
            json.WriteNumber("sequence", payment.Sequence);
            json.WriteStartObject("data");
            json.WritePropertyName("object");
            paymentJson.Write(json, payment);
            json.WriteEndObject();
            json.WriteEndObject();
        }));
    }
}
