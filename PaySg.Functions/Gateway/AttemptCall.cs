using PaySg.Functions.Platform.Idempotency;

namespace PaySg.Functions.Gateway;

/// <summary>The keyed call that asked for an attempt.</summary>
/// <param name="Keyed">Its idempotency key.</param>
/// <param name="RequestId">Its id, which a stored refusal keeps.</param>
public sealed record AttemptCall(IdempotentRequest Keyed, string RequestId);
