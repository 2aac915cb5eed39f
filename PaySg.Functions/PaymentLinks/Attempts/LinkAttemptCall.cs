using PaySg.Functions.Idempotency;

namespace PaySg.Functions.PaymentLinks.Attempts;

/// <summary>The keyed call that asked for an attempt.</summary>
/// <param name="Keyed">Its idempotency key.</param>
/// <param name="RequestId">Its id, which a stored refusal keeps.</param>
public sealed record LinkAttemptCall(IdempotentRequest Keyed, string RequestId);
