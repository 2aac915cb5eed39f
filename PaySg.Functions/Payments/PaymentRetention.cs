namespace PaySg.Functions.Payments;

/// <summary>Which payments are too old to be kept: those that nothing has happened to for a long time, and to which nothing can happen by itself.</summary>
internal static class PaymentRetention
{
    /// <summary>Whether a payment may go.</summary>
    /// <param name="payment">As it is stored.</param>
    /// <param name="before">When it must have changed last.</param>
    public static bool MayGo(Payment payment, DateTimeOffset before) =>
        payment is { PendingRefund: null, IsDisputed: false, LiveAttempt: null } && payment.UpdatedAt < before;
}
