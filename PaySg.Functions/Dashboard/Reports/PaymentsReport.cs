using CsvHelper;
using PaySg.Functions.Payments;
using PaySg.Functions.Payments.Receipts;
using PaySg.Functions.Payments.Refunds;

namespace PaySg.Functions.Dashboard.Reports;

/// <summary>The payments that were paid in the period.</summary>
internal sealed class PaymentsReport : Report
{
    public override string Name => "payments";

    public override string Title => "Payments that were paid";

    public override string[] Columns { get; } =
    [
        "payment_id", "reference_id", "payer_name", "payer_email", "description", "amount_in_cents", "amount", "refunded_in_cents", "refunded",
        "method", "refund_status", "created_at", "paid_at", "payout_id", "metadata", "document_type", "agency_name", "agency_address", "gst_registration_number",
        "gst_rate_percent", "gst_in_cents", "gst", "card_brand", "card_last_four",
    ];

    public override async ValueTask WriteAsync(CsvWriter csv, Payment payment, ReportPeriod period, CancellationToken cancellationToken)
    {
        var details = payment.Details;
        csv.WriteField(payment.Id);
        csv.WriteField(details.ReferenceId);
        csv.WriteField(details.PayerName);
        csv.WriteField(details.PayerEmail);
        csv.WriteField(details.Description);
        WriteMoney(csv, details.AmountInCents);
        WriteMoney(csv, payment.RefundedInCents);
        csv.WriteField(payment.PaidMethod);
        csv.WriteField(payment.RefundProgress.Name());
        csv.WriteTime(payment.CreatedAt);
        csv.WriteTime(payment.SucceededAt);
        csv.WriteField(payment.PayoutId);
        csv.WriteField(details.Metadata.Count == 0 ? null : JsonOf(details));
        WriteReceipt(csv, payment);
        await csv.EndRecordAsync(cancellationToken);
    }

    /// <summary>Writes what the payer's receipt says of who was paid, the tax and the card. Of a payment that is older than such copies it is not known.</summary>
    private static void WriteReceipt(CsvWriter csv, Payment payment)
    {
        var kept = payment.Supplier is null ? null : PaymentReceipt.Of(payment, current: null);
        csv.WriteField(kept?.Kind.Name());
        csv.WriteField(kept?.Supplier.Name);
        csv.WriteField(kept?.Supplier.Address);
        csv.WriteField(kept?.Supplier.GstRegistrationNumber);
        csv.WriteField(kept?.Gst?.Rate);
        WriteMoney(csv, kept?.Gst?.TaxInCents);
        csv.WriteField(payment.PaidCard?.Brand);
        csv.WriteField(payment.PaidCard?.LastFour);
    }

    private static string JsonOf(PaymentDetails details) => Encoding.UTF8.GetString(JsonText.Write(details, static (json, details) =>
    {
        json.WriteStartObject();
        foreach (var (name, value) in details.Metadata)
            json.WriteString(name, value);

        json.WriteEndObject();
    }));
}
