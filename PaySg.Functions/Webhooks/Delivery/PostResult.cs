namespace PaySg.Functions.Webhooks.Delivery;

/// <summary>What came of one POST.</summary>
/// <param name="AttemptedAt">When it began.</param>
/// <param name="Duration">How long it took.</param>
/// <param name="Status">The receiver's status; null where no answer came.</param>
/// <param name="Excerpt">The beginning of the receiver's answer.</param>
/// <param name="Error">Why no answer came, in words for the endpoint's owner.</param>
/// <param name="RetryAfter">How long the receiver asked to be left alone.</param>
internal sealed record PostResult(
    DateTimeOffset AttemptedAt, TimeSpan Duration, int? Status, string? Excerpt, string? Error, TimeSpan? RetryAfter)
{
    /// <summary>Whether the receiver was asked at all: false where there was nothing to sign with.</summary>
    public bool WasSent { get; init; } = true;

    /// <summary>Whether the receiver took the event: any 2xx.</summary>
    public bool Succeeded => Status is >= 200 and <= 299;
}
