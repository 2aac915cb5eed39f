using CsvHelper;
using PaySg.Functions.Payments;
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
        "method", "refund_status", "created_at", "paid_at", "payout_id", "metadata",
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
        await csv.EndRecordAsync(cancellationToken);
    }

    private static string JsonOf(PaymentDetails details) => Encoding.UTF8.GetString(JsonText.Write(details, static (json, details) =>
    {
        json.WriteStartObject();
        foreach (var (name, value) in details.Metadata)
            json.WriteString(name, value);

        json.WriteEndObject();
    }));
}
