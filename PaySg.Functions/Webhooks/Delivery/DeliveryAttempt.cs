namespace PaySg.Functions.Webhooks.Delivery;

/// <summary>What one attempt met.</summary>
/// <param name="Number">1 for the first.</param>
/// <param name="AttemptedAt">When it began.</param>
/// <param name="DurationMs">How long it took, in milliseconds.</param>
/// <param name="ResponseStatus">The receiver's status; null where no answer came.</param>
/// <param name="ResponseBody">The first 1,024 bytes of the receiver's answer, as text.</param>
/// <param name="Error">Why there was no answer; null where there was one.</param>
/// <param name="NextAttemptAt">When the next attempt is due; null: there is none.</param>
internal sealed record DeliveryAttempt(
    int Number,
    DateTimeOffset AttemptedAt,
    long DurationMs,
    int? ResponseStatus,
    string? ResponseBody,
    string? Error,
    DateTimeOffset? NextAttemptAt);
