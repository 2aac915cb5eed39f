using CsvHelper;
using PaySg.Functions.Payments;

namespace PaySg.Functions.Dashboard.Reports;

/// <summary>What the gateway says of how payments of the period reach the agency's bank: one line for each payment that is in a payout.</summary>
internal sealed class PayoutsReport : Report
{
    public override string Name => "payouts";

    public override string Title => "Payouts of the payments that were paid";

    public override string[] Columns { get; } =
        ["payout_id", "paid_out_at", "payment_id", "reference_id", "paid_at", "amount_in_cents", "amount", "fee_in_cents", "fee", "net_in_cents", "net"];

    public override async ValueTask WriteAsync(CsvWriter csv, Payment payment, ReportPeriod period, CancellationToken cancellationToken)
    {
        if (payment.PayoutId is null)
            return;

        csv.WriteField(payment.PayoutId);
        csv.WriteTime(payment.PaidOutAt);
        csv.WriteField(payment.Id);
        csv.WriteField(payment.Details.ReferenceId);
        csv.WriteTime(payment.SucceededAt);
        WriteMoney(csv, payment.Details.AmountInCents);
        WriteMoney(csv, payment.FeeInCents);
        WriteMoney(csv, payment.Details.AmountInCents - payment.FeeInCents);
        await csv.EndRecordAsync(cancellationToken);
    }
}
