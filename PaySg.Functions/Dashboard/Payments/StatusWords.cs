using PaySg.Functions.Payments;
using PaySg.Functions.Payments.Refunds;
using PaySg.Functions.Platform.Markup;

namespace PaySg.Functions.Dashboard.Payments;

/// <summary>What a payment is, in words and in a colour.</summary>
internal static class StatusWords
{
    public static string Of(PaymentStatus status) => status switch
    {
        PaymentStatus.Unpaid => "Unpaid",
        PaymentStatus.Paid => "Paid",
        _ => "Cancelled",
    };

    public static string Of(RefundProgress progress) => progress switch
    {
        RefundProgress.NotRefunded => "Not refunded",
        RefundProgress.PartiallyRefunded => "Partially refunded",
        _ => "Fully refunded",
    };

    /// <summary>The newest that is true.</summary>
    public static Html Of(Payment payment)
    {
        var (look, text) = payment switch
        {
            { IsDisputed: true } => ("bad", "Disputed"),
            { PendingRefund: not null } => ("moving", "Being refunded"),
            { RefundProgress: not RefundProgress.NotRefunded } => ("back", Of(payment.RefundProgress)),
            { Status: PaymentStatus.Paid } => ("good", "Paid"),
            { Status: PaymentStatus.Cancelled } => ("quiet", "Cancelled"),
            { LiveAttempt: not null } => ("moving", "Being paid"),
            _ => ("quiet", "Unpaid"),
        };
        return Html.Of($"""<span class="status {look}">{text}</span>""");
    }
}
