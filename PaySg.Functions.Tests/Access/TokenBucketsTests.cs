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

    [Fact]
    public void Those_that_are_full_again_are_forgotten_two_for_each_that_comes()
    {
        var buckets = new TokenBuckets(holds: 2, perMinute: 6, clock);
        foreach (var key in (string[])["a", "b", "c", "d"])
            buckets.Take(key);
        clock.Advance(TimeSpan.FromSeconds(10) - TimeSpan.FromTicks(1));
        buckets.Take("e");
        Assert.Equal(5, buckets.Remembered);

        clock.Advance(TimeSpan.FromTicks(1));
        buckets.Take("f");
        Assert.Equal(4, buckets.Remembered);
        buckets.Take("c");
        Assert.Equal(4, buckets.Remembered);

        buckets.Take("g");
        Assert.Equal(4, buckets.Remembered);
        Assert.Null(buckets.WaitFor("c"));
        Assert.Null(buckets.Take("c"));
        Assert.NotNull(buckets.WaitFor("c"));
    }

    [Fact]
    public void Above_its_capacity_the_one_that_was_not_used_for_longest_is_forgotten_and_no_other()
    {
        var buckets = new TokenBuckets(holds: 1, perMinute: 1, clock);
        for (var key = 0; key < TokenBuckets.Capacity; key++)
            buckets.Take($"{key}");
        buckets.Take("0");

        buckets.Take("one more");

        Assert.Equal(TokenBuckets.Capacity, buckets.Remembered);
        Assert.Null(buckets.WaitFor("1"));
        Assert.NotNull(buckets.WaitFor("0"));
        Assert.NotNull(buckets.WaitFor("2"));
    }

    private static int Taken(TokenBuckets buckets)
    {
        var taken = 0;
        while (buckets.Take("a") is null)
            taken++;
        return taken;
    }
}
