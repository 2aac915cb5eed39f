using PaySg.Functions.Gateway;
using PaySg.Functions.Languages;
using PaySg.Functions.Payments.Refunds;

namespace PaySg.Functions.Payments.Receipts;

/// <summary>Prints a receipt for the API. Amounts are in cents.</summary>
internal static class PaymentReceiptJson
{
    public static byte[] Print(PaymentReceipt receipt, Payment payment) => JsonText.Write(json =>
    {
        json.WriteStartObject();
        json.WriteString("document_type", receipt.Kind.Name());
        json.WriteString("number", receipt.Number);
        json.WriteSingaporeTime("issued_at", receipt.PaidAt);
        json.WriteString("payment_id", payment.Id);
        json.WriteString("reference_id", receipt.Details.ReferenceId);
        json.WriteString("description", receipt.Details.Description);
        json.WriteString("refund_status", payment.RefundProgress.Name());
        json.WriteBoolean("is_from_current_settings", receipt.IsFromSettings);
        WriteSupplier(json, receipt.Supplier);
        json.WriteStartObject("customer");
        json.WriteString("name", receipt.Details.PayerName);
        json.WriteString("address", receipt.Details.PayerAddress);
        json.WriteEndObject();
        WriteMethod(json, receipt);
        json.WriteStartArray("line_items");
        foreach (var line in receipt.Lines)
            Write(json, line);

        json.WriteEndArray();
        json.WriteHundredthsOrNull("gst_rate_percent", receipt.Gst?.RateBasisPoints);
        json.WriteBoolean("price_includes_gst", receipt.SaysPriceIncludesGst);
        WriteAmounts(json, receipt.Details.AmountInCents, receipt.Gst);
        json.WriteStartArray("credit_notes");
        foreach (var note in receipt.CreditNotes)
            Write(json, note);

        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static void WriteSupplier(Utf8JsonWriter json, Supplier supplier)
    {
        json.WriteStartObject("supplier");
        json.WriteString("name", supplier.Name);
        json.WriteString("address", supplier.Address.Length > 0 ? supplier.Address : null);
        json.WriteString("gst_registration_number", supplier.GstRegistrationNumber);
        json.WriteEndObject();
    }

    private static void WriteMethod(Utf8JsonWriter json, PaymentReceipt receipt)
    {
        json.WriteStartObject("payment_method");
        json.WriteString("type", receipt.Method is MethodKinds.Card or MethodKinds.PayNow ? receipt.Method : null);
        json.WriteString("card_brand", receipt.Card?.Brand);
        json.WriteString("card_last_four", receipt.Card?.LastFour);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ReceiptLine line)
    {
        json.WriteStartObject();
        json.WriteString("description", new ReceiptText(Texts.English).DescriptionOf(line));
        json.WriteNumberOrNull("quantity", line.Quantity);
        WriteAmounts(json, line.AmountInCents, line.Gst);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, CreditNote note)
    {
        json.WriteStartObject();
        json.WriteString("number", note.Number);
        json.WriteString("receipt_number", note.ReceiptNumber);
        json.WriteString("refund_id", note.RefundId);
        json.WriteSingaporeTime("issued_at", note.IssuedAt);
        json.WriteString("reason", note.IsWhole ? "full_refund" : "partial_refund");
        WriteAmounts(json, note.AmountInCents, note.Gst);
        json.WriteEndObject();
    }

    private static void WriteAmounts(Utf8JsonWriter json, long amountInCents, GstSplit? gst)
    {
        json.WriteNumberOrNull("amount_before_gst_in_cents", gst?.NetInCents);
        json.WriteNumberOrNull("gst_in_cents", gst?.TaxInCents);
        json.WriteNumber("amount_in_cents", amountInCents);
    }
}
