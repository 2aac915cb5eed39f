namespace PaySg.Functions.Access;

/// <summary>
/// Token buckets in the memory of one instance, one for each key: what may happen at once, and how fast the bucket fills up again. They ask storage
/// nothing, so n instances let through n times as much.
/// </summary>
/// <param name="holds">How many tokens a full bucket holds.</param>
/// <param name="perMinute">How many come back in a minute.</param>
/// <param name="clock">Tells the time that has passed.</param>
/// <remarks>
/// A bucket is one number: the time at which it will be full again. A full one need not be remembered: for each key that comes, up to two of those that were
/// not used for longest go, if they are full. When there are <see cref="Capacity"/>, the one that was not used for longest goes in any case.
/// </remarks>
internal sealed class TokenBuckets(int holds, int perMinute, TimeProvider clock)
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

    /// <summary>How long a token takes to come back, in time stamps of the clock.</summary>
    private long Token => 60 * clock.TimestampFrequency / perMinute;

    /// <summary>Takes a token out of the key's bucket.</summary>
    /// <returns>Null: it is taken. Else there was none, and this is how long until the next one comes.</returns>
    public TimeSpan? Take(string key)
    {
        var now = clock.GetTimestamp();
        lock (gate)
        {
            var bucket = Use(key, now);
            if (Wait(bucket, now) is { } wait)
                return wait;

            bucket.FullAt = Math.Max(bucket.FullAt, now) + Token;
            return null;
        }
    }

    /// <summary>How long until the key's bucket has a token; null: it has one. Nothing is taken.</summary>
    public TimeSpan? WaitFor(string key)
    {
        lock (gate)
        {
            return buckets.TryGetValue(key, out var node) ? Wait(node.Value, clock.GetTimestamp()) : null;
        }
    }

    /// <summary>Puts a token back that was taken and not used.</summary>
    public void PutBack(string key)
    {
        lock (gate)
        {
            if (buckets.TryGetValue(key, out var node))
                node.Value.FullAt -= Token;
        }
    }

    private TimeSpan? Wait(Bucket bucket, long now)
    {
        var wait = Math.Max(bucket.FullAt, now) + Token - now - (holds * Token);
        return wait > 0 ? TimeSpan.FromSeconds((double)wait / clock.TimestampFrequency) : null;
    }

    private Bucket Use(string key, long now)
    {
        if (buckets.TryGetValue(key, out var node))
        {
            byUse.Remove(node);
            byUse.AddLast(node);
            return node.Value;
        }

        // Two, so that they go faster than others come.
        ForgetOldestIfFull(now);
        ForgetOldestIfFull(now);
        node = byUse.AddLast(new Bucket(key));
        buckets.Add(key, node);
        return node.Value;
    }

    private void ForgetOldestIfFull(long now)
    {
        if (byUse.First is not { } oldest || (oldest.Value.FullAt > now && buckets.Count < Capacity))
            return;

        buckets.Remove(oldest.Value.Key);
        byUse.RemoveFirst();
    }

    private sealed class Bucket(string key)
    {
        public string Key { get; } = key;

        public long FullAt { get; set; } = long.MinValue;
    }
}
