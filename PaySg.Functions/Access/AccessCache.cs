using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Internal;

namespace PaySg.Functions.Access;

/// <summary>
/// Remembers who may do what for at most 10 s, so that a revocation is in force within 10 s everywhere. Never payments,
/// links or deliveries, and never that something does not exist.
/// </summary>
internal sealed class AccessCache : IDisposable
{
    /// <summary>How long an entry may live.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(10);

    private const int Capacity = 10_000;
    private readonly TimeProvider clock;
    private readonly MemoryCache cache;

    public AccessCache(TimeProvider clock)
    {
        this.clock = clock;
        cache = new MemoryCache(new MemoryCacheOptions { SizeLimit = Capacity, Clock = new ClockOf(clock) });
    }

    /// <summary>The remembered value, or what <paramref name="load"/> gives now; a null is not remembered.</summary>
    public async Task<T?> GetAsync<T>(string key, TimeSpan lifetime, Func<Task<T?>> load)
        where T : class
    {
        if (Recall<T>(key) is { } remembered)
            return remembered;

        // The age counts from before the read: a slow answer may already be out of date when it comes.
        var asked = clock.GetUtcNow();
        var loaded = await load();
        if (loaded is not null)
            cache.Set(key, loaded, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpiration = asked + lifetime });

        return loaded;
    }

    /// <summary>The remembered value; null: there is none.</summary>
    public T? Recall<T>(string key)
        where T : class => cache.TryGetValue(key, out T? remembered) ? remembered : null;

    /// <summary>Forgets a value that has changed; other processes forget it within its lifetime.</summary>
    public void Forget(string key) => cache.Remove(key);

    public void Dispose() => cache.Dispose();

    private sealed class ClockOf(TimeProvider clock) : ISystemClock
    {
        public DateTimeOffset UtcNow => clock.GetUtcNow();
    }
}
