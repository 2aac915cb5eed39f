using PaySg.Functions.Payments.Refunds;

namespace PaySg.Functions.Payments;

/// <summary>Prints the payment object (guide, page "Retrieve payments") for answers and events alike.</summary>
internal sealed class PaymentJson(PaymentUrls urls)
{
    /// <summary>The object's UTF-8 bytes.</summary>
    public byte[] Print(Payment payment) => JsonText.Write((Printer: this, payment), static (json, what) => what.Printer.Write(json, what.payment));

    public void Write(Utf8JsonWriter json, Payment payment)
    {
        var details = payment.Details;
        json.WriteStartObject();
        json.WriteString("id"u8, payment.Id);
        json.WriteString("payment_service_id"u8, payment.PaymentServiceId);
        json.WriteString("creator_id"u8, payment.CreatorId);
        json.WriteString("reference_id"u8, details.ReferenceId);
        json.WriteString("payer_name"u8, details.PayerName);
        json.WriteString("payer_address"u8, details.PayerAddress);
        json.WriteString("payer_identifier"u8, details.PayerIdentifier);
        json.WriteString("payer_email"u8, details.PayerEmail);
        json.WriteString("description"u8, details.Description);
        json.WriteNumber("amount_in_cents"u8, details.AmountInCents);
        json.WriteString("due_date"u8, details.DueDate);
        WriteMetadata(json, details.Metadata);
        WriteLineItems(json, details.LineItems);
        json.WriteString("return_url"u8, details.ReturnUrl);
        urls.Write(json, payment.Id);
        json.WriteString("payment_status"u8, payment.Status.Name());
        json.WriteString("refund_status"u8, payment.RefundProgress.Name());
        json.WriteString("latest_status"u8, payment.RefundProgress == RefundProgress.NotRefunded ? payment.Status.Name() : payment.RefundProgress.Name());
        json.WriteString("email_delivery_status"u8, EmailStatusOf(payment));
        // Null where an agency is not on Stripe (guide), and here until a payer has begun.
        json.WriteString("stripe_payment_intent_id"u8, payment.StripePaymentIntentId);
        json.WriteString("payout_id"u8, payment.PayoutId);
        json.WriteSingaporeTime("created_at"u8, payment.CreatedAt);
        json.WriteSingaporeTime("updated_at"u8, payment.UpdatedAt);
        json.WriteSingaporeTime("payment_sent_timestamp"u8, payment.EmailSentAt);
        json.WriteSingaporeTime("payment_succeeded_timestamp"u8, payment.SucceededAt);
        json.WriteSingaporeTime("payment_cancelled_timestamp"u8, payment.CancelledAt);
        json.WriteSingaporeTime("payment_fully_refunded_timestamp"u8, payment.FullyRefundedAt);
        json.WriteSingaporeTime("paid_out_timestamp"u8, payment.PaidOutAt);
        json.WriteEndObject();
    }

    private static string EmailStatusOf(Payment payment) => payment.EmailFailedAt is not null ? "failed" : payment.EmailSentAt is null ? "unsent" : "sent";

    private static void WriteMetadata(Utf8JsonWriter json, IReadOnlyList<KeyValuePair<string, string>> metadata)
    {
        json.WriteStartObject("metadata"u8);
        foreach (var (key, value) in metadata)
            json.WriteString(key, value);

        json.WriteEndObject();
    }

    private static void WriteLineItems(Utf8JsonWriter json, IReadOnlyList<LineItem>? items)
    {
        json.WriteStartArray("line_items"u8);
        foreach (var item in items ?? [])
        {
            json.WriteStartObject();
            json.WriteString("description"u8, item.Description);
            json.WriteNumber("amount_in_cents"u8, item.AmountInCents);
            if (item.Quantity is { } quantity)
                json.WriteNumber("quantity"u8, quantity);

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
