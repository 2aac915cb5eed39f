using CsvHelper;
using PaySg.Functions.Payments;
using PaySg.Functions.Payments.Receipts;
using PaySg.Functions.Payments.Refunds;

namespace PaySg.Functions.Dashboard.Reports;

/// <summary>The refunds that were asked for in the period, whatever came of them. Nothing is refunded later than <see cref="RefundRules.Period"/> after it was paid.</summary>
internal sealed class RefundsReport : Report
{
    public override string Name => "refunds";

    public override string Title => "Refunds that were asked for";

    public override string[] Columns { get; } =
    [
        "refund_id", "payment_id", "reference_id", "amount_in_cents", "amount", "status", "failure_reason", "asked_at", "changed_at", "paid_at",
        "gateway_reference", "credit_note_number", "gst_in_cents", "gst",
    ];

    public override DateTimeOffset PaidFrom(ReportPeriod period) => period.From - RefundRules.Period;

    public override async ValueTask WriteAsync(CsvWriter csv, Payment payment, ReportPeriod period, CancellationToken cancellationToken)
    {
        var notes = CreditNote.Of(payment, payment.Supplier?.GstRateBasisPoints);
        foreach (var refund in payment.Refunds.Where(refund => period.Holds(refund.CreatedAt)))
        {
            csv.WriteField(refund.Id);
            csv.WriteField(payment.Id);
            csv.WriteField(payment.Details.ReferenceId);
            WriteMoney(csv, refund.AmountInCents);
            csv.WriteField(refund.Status.Name());
            csv.WriteField(refund.FailureReason);
            csv.WriteTime(refund.CreatedAt);
            csv.WriteTime(refund.UpdatedAt);
            csv.WriteTime(payment.SucceededAt);
            csv.WriteField(refund.Reference);
            var note = notes.FirstOrDefault(note => note.RefundId == refund.Id);
            csv.WriteField(note?.Number);
            WriteMoney(csv, note?.Gst?.TaxInCents);
            await csv.EndRecordAsync(cancellationToken);
        }
    }
}
