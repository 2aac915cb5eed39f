using PaySg.Functions.Access;
using PaySg.Functions.Platform.Errors;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Access;

[Trait("Category", "Rules")]
public sealed class RateLimitsTests
{
    private readonly SteadyClock clock = new();

    [Fact]
    public void A_minutes_requests_may_come_at_once_and_then_as_they_are_made_up_for()
    {
        var limits = Limits(60);

        Assert.Equal(60, TakenUntilRefused(limits, "key_1"));
        clock.Advance(TimeSpan.FromSeconds(2.5));
        Assert.Equal(2, TakenUntilRefused(limits, "key_1"));
        clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(60, TakenUntilRefused(limits, "key_1"));
    }

    [Theory]
    [InlineData(60, 1)]
    [InlineData(6, 10)]
    [InlineData(6_000, 1)]
    [InlineData(1, 60)]
    public void The_refusal_says_when_the_next_request_may_come(int perMinute, int seconds)
    {
        var limits = Limits(perMinute);
        TakenUntilRefused(limits, "key_1");

        var refusal = Assert.ThrowsAny<ApiException>(() => limits.Count("key_1"));

        Assert.Equal(429, refusal.Error.Status);
        Assert.Equal("rate_limit_exceeded", refusal.Error.Code);
        Assert.Equal(TimeSpan.FromSeconds(seconds), refusal.Error.RetryAfter);
        clock.Advance(refusal.Error.RetryAfter!.Value);
        limits.Count("key_1");
    }

    [Fact]
    public void One_key_does_not_use_up_anothers()
    {
        var limits = Limits(3);

        Assert.Equal(3, TakenUntilRefused(limits, "key_1"));
        Assert.Equal(3, TakenUntilRefused(limits, "key_2"));
    }

    [Fact]
    public void Zero_is_any_number()
    {
        var limits = Limits(0);

        for (var i = 0; i < 100_000; i++)
            limits.Count("key_1");

        Assert.Equal(0, limits.Remembered);
    }

    [Fact]
    public void One_key_more_than_fits_makes_it_forget_the_one_that_was_not_used_for_longest()
    {
        var limits = Limits(1);
        limits.Count("idle");
        limits.Count("busy");
        for (var i = limits.Remembered; i < TokenBuckets.Capacity; i++)
            limits.Count($"key_{i}");
        Assert.ThrowsAny<ApiException>(() => limits.Count("busy"));

        limits.Count("one more");

        Assert.Equal(TokenBuckets.Capacity, limits.Remembered);
        Assert.ThrowsAny<ApiException>(() => limits.Count("busy"));
        limits.Count("idle");
        limits.Count("yet another");
        Assert.Equal(TokenBuckets.Capacity, limits.Remembered);
    }

    private static int TakenUntilRefused(RateLimits limits, string keyId)
    {
        for (var taken = 0; ; taken++)
        {
            try
            {
                limits.Count(keyId);
            }
            catch (ApiException)
            {
                return taken;
            }
        }
    }

    private RateLimits Limits(int perMinute) => new(
        ReadSettings.OfAccess() with { RequestsPerMinute = perMinute },
        clock);
}
