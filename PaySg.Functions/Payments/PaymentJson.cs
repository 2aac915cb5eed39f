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
        json.WriteString("id", payment.Id);
        json.WriteString("payment_service_id", payment.PaymentServiceId);
        json.WriteString("creator_id", payment.CreatorId);
        json.WriteString("reference_id", details.ReferenceId);
        json.WriteString("payer_name", details.PayerName);
        json.WriteString("payer_address", details.PayerAddress);
        json.WriteString("payer_identifier", details.PayerIdentifier);
        json.WriteString("payer_email", details.PayerEmail);
        json.WriteString("description", details.Description);
        json.WriteNumber("amount_in_cents", details.AmountInCents);
        json.WriteString("due_date", details.DueDate);
        WriteMetadata(json, details.Metadata);
        WriteLineItems(json, details.LineItems);
        json.WriteString("return_url", details.ReturnUrl);
        urls.Write(json, payment.Id);
        json.WriteString("payment_status", payment.Status.Name());
        json.WriteString("refund_status", payment.RefundProgress.Name());
        json.WriteString("latest_status", payment.RefundProgress == RefundProgress.NotRefunded ? payment.Status.Name() : payment.RefundProgress.Name());
        json.WriteString("email_delivery_status", EmailStatusOf(payment));
        // Null where an agency is not on Stripe (guide), and here until a payer has begun.
        json.WriteString("stripe_payment_intent_id", payment.StripePaymentIntentId);
        json.WriteString("payout_id", payment.PayoutId);
        json.WriteSingaporeTime("created_at", payment.CreatedAt);
        json.WriteSingaporeTime("updated_at", payment.UpdatedAt);
        json.WriteSingaporeTime("payment_sent_timestamp", payment.EmailSentAt);
        json.WriteSingaporeTime("payment_succeeded_timestamp", payment.SucceededAt);
        json.WriteSingaporeTime("payment_cancelled_timestamp", payment.CancelledAt);
        json.WriteSingaporeTime("payment_fully_refunded_timestamp", payment.FullyRefundedAt);
        json.WriteSingaporeTime("paid_out_timestamp", payment.PaidOutAt);
        json.WriteEndObject();
    }

    private static string EmailStatusOf(Payment payment) => payment.EmailFailedAt is not null ? "failed" : payment.EmailSentAt is null ? "unsent" : "sent";

    private static void WriteMetadata(Utf8JsonWriter json, IReadOnlyList<KeyValuePair<string, string>> metadata)
    {
        json.WriteStartObject("metadata");
        foreach (var (key, value) in metadata)
            json.WriteString(key, value);

        json.WriteEndObject();
    }

    private static void WriteLineItems(Utf8JsonWriter json, IReadOnlyList<LineItem>? items)
    {
        json.WriteStartArray("line_items");
        foreach (var item in items ?? [])
        {
            json.WriteStartObject();
            json.WriteString("description", item.Description);
            json.WriteNumber("amount_in_cents", item.AmountInCents);
            if (item.Quantity is { } quantity)
                json.WriteNumber("quantity", quantity);

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
