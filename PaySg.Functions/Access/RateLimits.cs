namespace PaySg.Functions.Access;

/// <summary>
/// How many requests an API key may send: one bucket for each, which holds a minute's requests. It is there to stop a client that runs wild, not to bill.
/// </summary>
internal sealed class RateLimits(AccessSettings settings, TimeProvider clock)
{
    private readonly TokenBuckets? buckets = settings.RequestsPerMinute == 0 ? null : new(settings.RequestsPerMinute, settings.RequestsPerMinute, clock);

    /// <summary>How many keys are remembered now.</summary>
    public int Remembered => buckets?.Remembered ?? 0;

    /// <summary>Counts a request of the key.</summary>
    /// <exception cref="ApiException">429: it has sent too many.</exception>
    public void Count(string keyId)
    {
        if (buckets?.Take(keyId) is { } wait)
            throw ApiErrors.RateLimitExceeded((int)Math.Ceiling(wait.TotalSeconds));
    }
}
