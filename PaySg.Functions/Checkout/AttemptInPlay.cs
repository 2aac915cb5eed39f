using Azure;
using PaySg.Functions.Payments;

namespace PaySg.Functions.Checkout;

/// <summary>An attempt and its payment as they were read or written together, with the versions that a change must name.</summary>
public sealed record AttemptInPlay(StoredPayment Stored, ChargeAttempt Attempt, ETag AttemptVersion)
{
    /// <summary>The payment.</summary>
    public Payment Payment => Stored.Payment;
}
