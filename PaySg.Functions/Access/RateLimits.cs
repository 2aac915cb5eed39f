using PaySg.Functions.Configuration;
using PaySg.Functions.Errors;

namespace PaySg.Functions.Access;

/// <summary>
/// How many requests an API key may send: one token bucket for each, which holds a minute's requests and fills up evenly. It is kept in the memory
/// of the instance and asks storage nothing, so n instances let through n times as much: it is there to stop a client that runs wild, not to bill.
/// </summary>
/// <remarks>
/// A bucket is one number: the time at which it will be full again. A full one need not be remembered, and when there are more than
/// <see cref="Capacity"/> the one that was not used for longest is forgotten.
/// </remarks>
public sealed class RateLimits(PaySgSettings settings, TimeProvider clock)
{
    /// <summary>How many buckets are remembered.</summary>
    public const int Capacity = 10_000;

    private readonly Lock gate = new();
    private readonly Dictionary<string, LinkedListNode<Bucket>> buckets = new(StringComparer.Ordinal);
    private readonly LinkedList<Bucket> byUse = new();

    /// <summary>How many buckets are remembered now.</summary>
    public int Remembered
    {
        get
        {
            lock (gate)
                return buckets.Count;
        }
    }

    /// <summary>Takes a token out of the key's bucket.</summary>
    /// <exception cref="ApiException">429: there is none.</exception>
    public void Count(string keyId)
    {
        if (settings.RequestsPerMinute == 0)
        {
            return;
        }

        var minute = 60 * clock.TimestampFrequency;
        var token = minute / settings.RequestsPerMinute;
        var now = clock.GetTimestamp();
        long wait;
        lock (gate)
        {
            var bucket = Use(keyId);
            var full = Math.Max(bucket.FullAt, now) + token;
            wait = full - now - minute;
            if (wait <= 0)
            {
                bucket.FullAt = full;
                return;
            }
        }

        throw ApiErrors.RateLimitExceeded((int)Math.Ceiling((double)wait / clock.TimestampFrequency));
    }

    private Bucket Use(string keyId)
    {
        if (buckets.TryGetValue(keyId, out var node))
        {
            byUse.Remove(node);
            byUse.AddLast(node);
            return node.Value;
        }

        if (buckets.Count == Capacity)
        {
            buckets.Remove(byUse.First!.Value.KeyId);
            byUse.RemoveFirst();
        }

        node = byUse.AddLast(new Bucket(keyId));
        buckets.Add(keyId, node);
        return node.Value;
    }

    private sealed class Bucket(string keyId)
    {
        public string KeyId { get; } = keyId;

        public long FullAt { get; set; } = long.MinValue;
    }
}
