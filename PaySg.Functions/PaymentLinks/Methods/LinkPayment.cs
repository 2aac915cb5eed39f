using PaySg.Functions.PaymentLinks.Attempts;
using PaySg.Functions.Platform.Http;

namespace PaySg.Functions.PaymentLinks.Methods;

/// <summary>What came of a payer's order.</summary>
/// <param name="Answer">The answer to a caller of an API.</param>
/// <param name="Attempt">The attempt; null where the answer is that of an earlier call with the same idempotency key.</param>
internal sealed record LinkPayment(ApiAnswer Answer, LinkAttempt? Attempt);
