namespace PaySg.Functions.Payments.Refunds;

/// <summary>What may be refunded, and how long.</summary>
internal static class RefundRules
{
    /// <summary>How long after it was paid a payment may be refunded (guide, FAQ "Refunds").</summary>
    public static readonly TimeSpan Period = TimeSpan.FromDays(90);

    /// <summary>Why a refund may not be begun, the first reason of several; null: it may.</summary>
    /// <param name="amountInCents">How much is to go back.</param>
    /// <param name="believedInCents">How much may be refunded in the belief of whoever asks; null: not said.</param>
    /// <param name="now">When it is asked for.</param>
    public static RefundRefusal? RefusalOf(Payment payment, long amountInCents, long? believedInCents, DateTimeOffset now)
    {
        return payment switch
        {
            { Status: not PaymentStatus.Paid } => RefundRefusal.NotPaid,
            { PendingRefund: not null } => RefundRefusal.InProgress,
            { IsDisputed: true } => RefundRefusal.Disputed,
            { RefundableInCents: 0 } => RefundRefusal.FullyRefunded,
            _ when now - payment.SucceededAt > Period => RefundRefusal.TooLate,
            { Refunds.Count: >= Payment.MaxRefunds } => RefundRefusal.TooMany,
            _ when believedInCents is not null && believedInCents != payment.RefundableInCents => RefundRefusal.AvailableMismatch,
            _ when amountInCents < 1 || amountInCents > payment.RefundableInCents => RefundRefusal.AmountNotAvailable,
            _ => null,
        };
    }
}
