using PaySg.Functions.Events;

namespace PaySg.Functions.Payments;

/// <summary>Makes the event of a payment's change (guide, page "The event object").</summary>
internal sealed class PaymentEvents(IdGenerator ids, PaymentJson paymentJson)
{
    /// <summary>The event that tells the payment as it is after the change.</summary>
    public WebhookEvent Of(Payment payment, string type, DateTimeOffset now) =>
        WebhookEvent.Print(ids.NewEventId(now), type, payment.PaymentServiceId, now, payment.Sequence, json => paymentJson.Write(json, payment));

    /// <summary>The same of a payment that is printed already.</summary>
    public WebhookEvent Of(Payment payment, ReadOnlyMemory<byte> printed, string type, DateTimeOffset now) => WebhookEvent.Print(
        ids.NewEventId(now), type, payment.PaymentServiceId, now, payment.Sequence, json => json.WriteRawValue(printed.Span, skipInputValidation: true));
}
