using PaySg.Functions.Access;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Access;

[Trait("Category", "Rules")]
public sealed class TokenBucketsTests
{
    private readonly SkippingClock clock = new();

    [Fact]
    public void What_it_holds_may_be_taken_at_once_and_comes_back_by_the_minute()
    {
        var buckets = new TokenBuckets(holds: 3, perMinute: 6, clock);

        Assert.Equal(3, Taken(buckets));
        Assert.Equal(TimeSpan.FromSeconds(10), buckets.Take("a"));
        clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(1, Taken(buckets));
        clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(3, Taken(buckets));
    }

    [Fact]
    public void To_look_takes_nothing_and_remembers_nobody()
    {
        var buckets = new TokenBuckets(holds: 1, perMinute: 1, clock);

        Assert.Null(buckets.WaitFor("a"));
        Assert.Equal(0, buckets.Remembered);
        Assert.Null(buckets.Take("a"));
        Assert.Equal(TimeSpan.FromMinutes(1), buckets.WaitFor("a"));
        Assert.Null(buckets.WaitFor("b"));
    }

    [Fact]
    public void A_token_that_was_not_used_can_be_put_back()
    {
        var buckets = new TokenBuckets(holds: 2, perMinute: 1, clock);
        Assert.Equal(2, Taken(buckets));

        buckets.PutBack("a");

        Assert.Equal(1, Taken(buckets));
    }

    private static int Taken(TokenBuckets buckets)
    {
        var taken = 0;
        while (buckets.Take("a") is null)
            taken++;
        return taken;
    }
}
