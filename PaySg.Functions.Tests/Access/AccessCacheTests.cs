using PaySg.Functions.Access;
using PaySg.Functions.Tests.LocalHost;

namespace PaySg.Functions.Tests.Access;

public sealed class AccessCacheTests
{
    private readonly ManualClock clock = new(new DateTimeOffset(2026, 1, 15, 9, 30, 0, TimeSpan.FromHours(8)));

    [Fact]
    public async Task What_is_remembered_is_never_older_than_its_lifetime_however_slow_the_read_was()
    {
        using var cache = new AccessCache(clock);
        await ReadAsync(cache, "old", slowness: TimeSpan.FromSeconds(9));

        clock.Advance(TimeSpan.FromSeconds(0.9));
        Assert.Equal("old", await ReadAsync(cache, "new"));
        clock.Advance(TimeSpan.FromSeconds(0.2));
        Assert.Equal("new", await ReadAsync(cache, "new"));
    }

    [Fact]
    public async Task What_came_later_than_its_lifetime_is_not_remembered()
    {
        using var cache = new AccessCache(clock);
        Assert.Equal("old", await ReadAsync(cache, "old", slowness: TimeSpan.FromSeconds(11)));

        Assert.Equal("new", await ReadAsync(cache, "new"));
    }

    [Fact]
    public async Task What_does_not_exist_is_asked_for_each_time()
    {
        using var cache = new AccessCache(clock);
        Assert.Null(await ReadAsync(cache, null));

        Assert.Equal("new", await ReadAsync(cache, "new"));
    }

    private Task<string?> ReadAsync(AccessCache cache, string? stored, TimeSpan slowness = default) =>
        cache.GetAsync("key", AccessCache.Lifetime, () =>
        {
            clock.Advance(slowness);
            return Task.FromResult(stored);
        });
}
