using PaySg.Functions.Gateway;

namespace PaySg.Functions.Payments.Attempts;

/// <summary>What came of a payer's wish to pay a payment.</summary>
internal abstract record PaymentCharge
{
    private PaymentCharge()
    {
    }

    /// <summary>The call's idempotency key was used before: this is what was answered then.</summary>
    public sealed record Replayed(ApiAnswer Answer) : PaymentCharge;

    /// <summary>It came to nothing, or it is not known yet what came of it.</summary>
    public sealed record Refused(ChargeRefusal Why) : PaymentCharge;

    /// <summary>An attempt was made, and it and its payment are so now.</summary>
    /// <param name="Stored">The answer of a keyed call, where others have decided the attempt and stored it; else null.</param>
    public sealed record Made(ChargeAttempt Attempt, Payment Payment, ApiAnswer? Stored) : PaymentCharge
    {
        /// <summary>See <see cref="ChargeAttemptAnswer.RefusalOf"/>.</summary>
        public ChargeRefusal? Refusal => ChargeAttemptAnswer.RefusalOf(Attempt, Payment);
    }
}
