using PaySg.Functions.Payments;

namespace PaySg.Functions.Dashboard.Reports;

/// <summary>What some payments add up to.</summary>
/// <param name="Count">How many they are.</param>
/// <param name="PaidInCents">What was paid.</param>
/// <param name="RefundedInCents">What of it has gone back by now.</param>
internal sealed record ReportSum(int Count, long PaidInCents, long RefundedInCents)
{
    public static ReportSum Nothing { get; } = new(0, 0, 0);

    /// <summary>With one payment more.</summary>
    public ReportSum With(Payment payment) => new(Count + 1, PaidInCents + payment.Details.AmountInCents, RefundedInCents + payment.RefundedInCents);
}
