using PaySg.Functions.Platform.Idempotency;

namespace PaySg.Functions.Payments.Refunds;

/// <summary>What the repair of a refund needs to know beside the refund itself, which stands in its payment.</summary>
/// <param name="PaymentId">Its payment.</param>
/// <param name="CreatedAt">When it was asked for; names its in-doubt row.</param>
/// <param name="RequestId">The call that asked for it: a stored refusal keeps this id.</param>
/// <param name="Keyed">The idempotency key of that call; null: none.</param>
internal sealed record RefundRecord(string RefundId, string PaymentId, DateTimeOffset CreatedAt, string RequestId, IdempotentRequest? Keyed);
