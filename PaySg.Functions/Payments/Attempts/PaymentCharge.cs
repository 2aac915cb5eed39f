using PaySg.Functions.Platform.Errors;
using PaySg.Functions.Platform.Http;

namespace PaySg.Functions.Payments.Attempts;

/// <summary>What came of a payer's wish to pay a payment.</summary>
/// <param name="Replay">The stored answer, where the call's idempotency key was used before or others have decided the attempt; else null.</param>
/// <param name="Play">Payment and attempt as they are then; null where the key was used before.</param>
internal sealed record PaymentCharge(ApiAnswer? Replay, AttemptInPlay? Play)
{
    /// <summary>See <see cref="ChargeAttemptAnswer.RefusalOf"/>.</summary>
    public ApiException? Refusal => Play is null ? null : ChargeAttemptAnswer.RefusalOf(Play.Attempt, Play.Payment);
}
